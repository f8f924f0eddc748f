using Copilot.Agent.Questions.Subjects;
using Copilot.Incidents.Ownership;
using Copilot.Store.Reads.Catalogue;
using Copilot.Store.Reads.Services;

namespace Copilot.Agent.Interpretation.Catalogue;

/// <summary>Keeps a snapshot of the catalogue, read again when something in it has changed.</summary>
public sealed class LiveCatalogueLoader(CatalogueReads reads, ServiceReads services, IOwnership ownership) : IDisposable
{
    private readonly SemaphoreSlim reading = new(1, 1);
    private (string Fingerprint, LiveCatalogue Catalogue)? kept;

    /// <exception cref="Store.StoreException">The store cannot be reached.</exception>
    public async Task<LiveCatalogue> CurrentAsync(CancellationToken cancellation)
    {
        var fingerprint = await reads.FingerprintAsync(cancellation);
        if (kept is { } known && known.Fingerprint == fingerprint)
            return known.Catalogue;
        await reading.WaitAsync(cancellation);
        try
        {
            if (kept is { } newer && newer.Fingerprint == fingerprint)
                return newer.Catalogue;
            var catalogue = await ReadAsync(cancellation);
            kept = (fingerprint, catalogue);
            return catalogue;
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    private async Task<LiveCatalogue> ReadAsync(CancellationToken cancellation)
    {
        var names = await services.NamesAsync(cancellation);
        var owners = await ownership.CurrentAsync(cancellation);
        var attributes = await reads.AttributesAsync(cancellation);
        var values = await reads.ValuesAsync(cancellation);
        return new LiveCatalogue
        {
            Services = CatalogueServices.Of(names, await reads.PeersAsync(cancellation), owners),
            Operations = [.. (await reads.OperationsAsync(cancellation)).Select(o => new CatalogueOperation(o.Service, o.Name, o.Entry))],
            Attributes = [.. attributes.Select(a => new CatalogueAttribute(Scope(a.Level), a.Key, a.Service, a.Type, a.Entry, a.ManyValues))],
            Values = [.. values.Select(v => new CatalogueValue(Scope(v.Level), v.Key, v.Service, v.Value, v.Type, v.Entry, v.Seen))],
            Teams = owners.Teams,
            People = [.. owners.People.Select(p => new CataloguePerson(p.Name, [.. p.Handles.Values.Append(p.Contact ?? "").Where(h => h.Length > 0)], []))],
            Versions = [.. (await reads.VersionsAsync(cancellation)).Select(v => new CatalogueVersion(v.Service, v.Version))],
        };
    }

    private static AttributeScope Scope(string level) => level switch
    {
        "resource" => AttributeScope.Resource,
        "event" => AttributeScope.Event,
        "link" => AttributeScope.Link,
        "scope" => AttributeScope.Instrumentation,
        _ => AttributeScope.Span,
    };
}
