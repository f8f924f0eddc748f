using Copilot.Incidents.Catalog;
using Copilot.Incidents.Catalog.Readers;
using Copilot.Incidents.Runbooks;
using Copilot.Store;
using Copilot.Store.Ownership;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Copilot.Incidents.Ownership;

/// <summary>Reads the catalogue's files again only when they changed, and the owners that spans name at most every half minute.</summary>
internal sealed class CatalogOwnership(
    IDbContextFactory<CopilotContext> contexts, DeclaredOwnerReads declaredOwners, TimeProvider time, ILogger<CatalogOwnership> log)
    : IOwnership, IRunbooks, IDisposable
{
    private static readonly TimeSpan AttributesStayFor = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Known known = new(-1, DateTimeOffset.MinValue, [], OwnershipSnapshot.Empty, []);

    public async Task<OwnershipSnapshot> CurrentAsync(CancellationToken cancellation) => (await ReadAsync(cancellation)).Owners;

    public async Task<IReadOnlyList<Runbook>> AllAsync(CancellationToken cancellation) => (await ReadAsync(cancellation)).Runbooks;

    public void Dispose() => reading.Dispose();

    private async Task<Known> ReadAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var version = await context.Set<CatalogVersionRow>().Select(row => row.Version).SingleAsync(cancellation);
        var now = time.GetUtcNow();
        if (Fresh(version, now))
            return known;
        await reading.WaitAsync(cancellation);
        try
        {
            if (Fresh(version, now))
                return known;
            var contents = known.Version == version ? known.Contents : await ReadFilesAsync(context, cancellation);
            var declared = await declaredOwners.ReadAsync(cancellation);
            var owners = new OwnershipSnapshot(contents, [.. declared.Select(owner => new DeclaredOwner(owner.Service, owner.Key, owner.Value))]);
            return known = new Known(version, now, contents, owners, [.. contents.Select(content => content.Runbook).OfType<Runbook>()]);
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task<IReadOnlyList<CatalogContent>> ReadFilesAsync(CopilotContext context, CancellationToken cancellation)
    {
        var files = await context.Set<CatalogFileRow>().AsNoTracking().Where(file => file.Content != null).OrderBy(file => file.Path).ToListAsync(cancellation);
        return [.. files.Select(Read).OfType<CatalogContent>()];
    }

    // What was good when it came in may be refused by a later build's reader; one file must not cost all the others.
    private CatalogContent? Read(CatalogFileRow file)
    {
        try
        {
            return CatalogReader.Read(new CatalogFile(file.Path, file.Content!)) with { At = file.LoadedAt };
        }
        catch (CatalogFileException e)
        {
            log.LogWarning("The stored catalogue file {Path} can no longer be read: {Reason}. Hand it in again.", file.Path, e.Message);
            return null;
        }
    }

    private bool Fresh(long version, DateTimeOffset now) => known.Version == version && now - known.ReadAt < AttributesStayFor;

    private sealed record Known(long Version, DateTimeOffset ReadAt, IReadOnlyList<CatalogContent> Contents, OwnershipSnapshot Owners, IReadOnlyList<Runbook> Runbooks);
}
