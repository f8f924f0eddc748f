using Copilot.Incidents.Catalog.Readers;
using Copilot.Store;
using Copilot.Store.Ownership;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Incidents.Catalog;

/// <summary>Takes catalogue files in. A file that cannot be read leaves its last good version in use and keeps the error beside it.</summary>
public sealed class CatalogIntake(IDbContextFactory<CopilotContext> contexts, TimeProvider time)
{
    public async Task<IReadOnlyList<CatalogFileOutcome>> PutAsync(IReadOnlyList<CatalogFile> files, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        // Taking the version's row first makes one writer wait for the other, so the same path is never written twice at once.
        await context.Database.ExecuteSqlAsync($"update catalog_version set version = version + 1", cancellation);
        var outcomes = new List<CatalogFileOutcome>();
        foreach (var file in files)
            outcomes.Add(await PutAsync(context, file, cancellation));
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return outcomes;
    }

    /// <summary>Every file, with the error that a newer version had.</summary>
    public async Task<IReadOnlyList<CatalogFileRow>> ListAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Set<CatalogFileRow>().AsNoTracking().OrderBy(file => file.Path).ToListAsync(cancellation);
    }

    private async Task<CatalogFileOutcome> PutAsync(CopilotContext context, CatalogFile file, CancellationToken cancellation)
    {
        var row = await context.Set<CatalogFileRow>().FindAsync([file.Path], cancellation);
        if (row is null)
        {
            row = new CatalogFileRow { Path = file.Path, Kind = "unknown" };
            context.Add(row);
        }

        try
        {
            var content = CatalogReader.Read(file);
            row.Kind = content.Kind.ToString().ToLowerInvariant();
            row.Content = file.Content;
            row.LoadedAt = time.GetUtcNow();
            (row.Error, row.ErrorLine, row.ErrorColumn, row.ErrorAt) = (null, null, null, null);
            return new CatalogFileOutcome(file.Path, true, row.Kind, content.Entries, null, null, null, false, content.Warnings);
        }
        catch (CatalogFileException e)
        {
            (row.Error, row.ErrorLine, row.ErrorColumn, row.ErrorAt) = (e.Message, e.Line, e.Column, time.GetUtcNow());
            return new CatalogFileOutcome(file.Path, false, row.Kind == "unknown" ? null : row.Kind, 0, e.Message, e.Line, e.Column, row.Content is not null, []);
        }
    }
}
