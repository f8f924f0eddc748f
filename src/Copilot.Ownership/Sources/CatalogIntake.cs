using Copilot.Ownership.Catalog;
using Copilot.Ownership.Readers;
using Copilot.Store;
using Copilot.Store.Ownership;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Ownership.Sources;

/// <summary>
/// Takes catalogue files in. A file that cannot be read leaves its last good version in use and keeps the error beside it; one of which
/// only some entities can be read is used without the others, unless an earlier version had more of them right.
/// </summary>
public sealed class CatalogIntake(IDbContextFactory<CopilotContext> contexts, TimeProvider time)
{
    /// <summary>
    /// Takes files that were handed in, each by itself: what became of each, in their order. Two spellings of one path are one file
    /// (<see cref="CatalogPath"/>), of which the first of a request counts.
    /// </summary>
    public async Task<IReadOnlyList<CatalogFileOutcome>> PutAsync(IReadOnlyList<CatalogFile> files, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Taking the version's row first makes one writer wait for the other, so the same path is never written twice at once.
        await context.Database.ExecuteSqlAsync($"update catalog_version set version = version + 1", cancellationToken);
        var outcomes = new List<CatalogFileOutcome>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
            outcomes.Add(Named(file, "", taken, out var named) ?? await PutAsync(context, named, cancellationToken));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return outcomes;
    }

    /// <summary>
    /// Takes all that a source holds: what is new or changed is read, what is the same is only marked as seen, and what the source no
    /// longer holds is forgotten. What is left out because of its path is given back.
    /// </summary>
    /// <param name="source">The source's name, with which each of its paths begins.</param>
    public async Task<IReadOnlyList<CatalogFileOutcome>> ReplaceAsync(
        string source,
        IReadOnlyList<CatalogFile> read,
        CancellationToken cancellationToken
    )
    {
        var files = new List<CatalogFile>();
        var refused = new List<CatalogFileOutcome>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in read)
        {
            if (Named(file, source + "/", taken, out var named) is { } outcome)
                refused.Add(outcome);
            else
                files.Add(named);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var known = await context
            .Set<CatalogFileRow>()
            .AsNoTracking()
            .Where(row => row.Source == source)
            .ToDictionaryAsync(row => row.Path, cancellationToken);
        var changed = files
            .Where(file => !known.TryGetValue(file.Path, out var row) || row.Content != file.Content || row.Error is not null)
            .ToArray();
        var gone = known.Keys.Except(files.Select(file => file.Path)).ToArray();
        if (changed.Length > 0 || gone.Length > 0)
        {
            await context.Database.ExecuteSqlAsync($"update catalog_version set version = version + 1", cancellationToken);
            await context.Set<CatalogFileRow>().Where(row => gone.Contains(row.Path)).ExecuteDeleteAsync(cancellationToken);
            foreach (var file in changed)
                await PutAsync(context, file, cancellationToken, source);
            await context.SaveChangesAsync(cancellationToken);
        }

        var now = time.GetUtcNow();
        await context
            .Set<CatalogFileRow>()
            .Where(row => row.Source == source && row.Error == null)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.LoadedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return refused;
    }

    /// <summary>Forgets what sources brought that are not configured any more.</summary>
    public async Task ForgetOtherSourcesAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Set<CatalogSourceRow>().Where(row => !sources.Contains(row.Name)).ExecuteDeleteAsync(cancellationToken);
        if (
            await context
                .Set<CatalogFileRow>()
                .Where(row => row.Source != null && !sources.Contains(row.Source))
                .ExecuteDeleteAsync(cancellationToken) > 0
        )
            await context.Database.ExecuteSqlAsync($"update catalog_version set version = version + 1", cancellationToken);
    }

    /// <summary>Every file, with the error that a newer version had.</summary>
    public async Task<IReadOnlyList<CatalogFileRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<CatalogFileRow>().AsNoTracking().OrderBy(file => file.Path).ToListAsync(cancellationToken);
    }

    /// <summary>The file under the one spelling of its path, or why it cannot be had under it.</summary>
    private static CatalogFileOutcome? Named(CatalogFile file, string prefix, HashSet<string> taken, out CatalogFile named)
    {
        named = file;
        try
        {
            var path =
                prefix
                + CatalogPath.Normalise(file.Path.StartsWith(prefix, StringComparison.Ordinal) ? file.Path[prefix.Length..] : file.Path);
            if (!taken.Add(path))
                throw new CatalogFileException($"its path comes twice ('{path}'); the first file counts", null, null);
            named = file with { Path = path };
            return null;
        }
        catch (CatalogFileException e)
        {
            return new CatalogFileOutcome(CatalogPath.Shown(file.Path), false, null, 0, e.Message, null, null, false, []);
        }
    }

    private async Task<CatalogFileOutcome> PutAsync(
        CopilotContext context,
        CatalogFile file,
        CancellationToken cancellationToken,
        string? source = null
    )
    {
        var row = await context.Set<CatalogFileRow>().FindAsync([file.Path], cancellationToken);
        if (source is null && row?.Source is { } reader)
        {
            return new CatalogFileOutcome(
                file.Path,
                false,
                row.Kind,
                0,
                $"it is read from {reader} on a schedule; change it there",
                null,
                null,
                row.Content is not null,
                []
            );
        }

        if (row is null)
        {
            row = new CatalogFileRow { Path = file.Path, Kind = "unknown" };
            context.Add(row);
        }

        row.Source = source;

        try
        {
            var content = CatalogReader.Read(file);
            var wrong = content.Broken is [var first, ..] ? first : null;
            if (wrong is not null && row.Content is not null && BrokenIn(file with { Content = row.Content }) < content.Broken.Count)
                throw wrong;
            var now = time.GetUtcNow();
            row.Kind = content.Kind.ToString().ToLowerInvariant();
            row.Content = file.Content;
            row.LoadedAt = now;
            (row.Error, row.ErrorLine, row.ErrorColumn, row.ErrorAt) = (
                wrong?.Message,
                wrong?.Line,
                wrong?.Column,
                wrong is null ? null : now
            );
            return new CatalogFileOutcome(
                file.Path,
                true,
                row.Kind,
                content.Entries,
                wrong?.Message,
                wrong?.Line,
                wrong?.Column,
                false,
                [
                    .. content.Warnings,
                    .. content.Broken.Select(e => $"line {e.Line}, column {e.Column}: {e.Message}; this entity is left out"),
                ]
            );
        }
        catch (CatalogFileException e)
        {
            (row.Error, row.ErrorLine, row.ErrorColumn, row.ErrorAt) = (e.Message, e.Line, e.Column, time.GetUtcNow());
            return new CatalogFileOutcome(
                file.Path,
                false,
                row.Kind == "unknown" ? null : row.Kind,
                0,
                e.Message,
                e.Line,
                e.Column,
                row.Content is not null,
                []
            );
        }
    }

    private static int BrokenIn(CatalogFile known)
    {
        try
        {
            return CatalogReader.Read(known).Broken.Count;
        }
        catch (CatalogFileException)
        {
            // What was good when it came in may be refused by a later build's reader: then anything is better.
            return int.MaxValue;
        }
    }
}

/// <summary>Configuration section "Catalog": what is read on a schedule, beside what is handed in.</summary>
public sealed record CatalogOptions
{
    /// <summary>Folders or Git checkouts with catalogue files, CODEOWNERS, on-call data and runbooks.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>A Backstage server; its catalogue API is read.</summary>
    public Uri? BackstageUrl { get; init; }

    public string? BackstageToken { get; init; }

    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromMinutes(5);
}
