using Copilot.Ownership.Catalog;
using Copilot.Ownership.Readers;
using Copilot.Store;
using Copilot.Store.Ownership;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Copilot.Ownership.Owners;

/// <summary>Who owns what, from the catalogue, CODEOWNERS, on-call data and span attributes.</summary>
public interface IOwnership
{
    /// <summary>What is known now; cheap to ask for again, and consistent in itself.</summary>
    Task<OwnershipSnapshot> CurrentAsync(CancellationToken cancellationToken);
}

/// <summary>Reads the catalogue's files again only when they changed, and the owners that spans name at most every half minute.</summary>
internal sealed class CatalogOwnership(
    IDbContextFactory<CopilotContext> contexts,
    DeclaredOwnerReads declaredOwners,
    TimeProvider time,
    ILogger<CatalogOwnership> log
) : IOwnership, IRunbooks, IDisposable
{
    private static readonly TimeSpan AttributesStayFor = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Known _known = new(-1, DateTimeOffset.MinValue, [], OwnershipSnapshot.Empty, []);

    public async Task<OwnershipSnapshot> CurrentAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Owners;

    public async Task<IReadOnlyList<Runbook>> AllAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Runbooks;

    public void Dispose() => _reading.Dispose();

    private async Task<Known> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var version = await context.Set<CatalogVersionRow>().Select(row => row.Version).SingleAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (Fresh(version, now))
            return _known;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh(version, now))
                return _known;
            var contents = _known.Version == version ? _known.Contents : await ReadFilesAsync(context, cancellationToken);
            var declared = await declaredOwners.ReadAsync(cancellationToken);
            var owners = new OwnershipSnapshot(
                contents,
                [.. declared.Select(owner => new DeclaredOwner(owner.Service, owner.Key, owner.Value))]
            );
            return _known = new Known(version, now, contents, owners, [.. contents.Select(content => content.Runbook).OfType<Runbook>()]);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<IReadOnlyList<CatalogContent>> ReadFilesAsync(CopilotContext context, CancellationToken cancellationToken)
    {
        var files = await context
            .Set<CatalogFileRow>()
            .AsNoTracking()
            .Where(file => file.Content != null)
            .OrderBy(file => file.Path)
            .ToListAsync(cancellationToken);
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

    private bool Fresh(long version, DateTimeOffset now) => _known.Version == version && now - _known.ReadAt < AttributesStayFor;

    private sealed record Known(
        long Version,
        DateTimeOffset ReadAt,
        IReadOnlyList<CatalogContent> Contents,
        OwnershipSnapshot Owners,
        IReadOnlyList<Runbook> Runbooks
    );
}
