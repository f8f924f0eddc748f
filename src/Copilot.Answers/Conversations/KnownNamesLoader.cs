using Copilot.Language.Linking;
using Copilot.Ownership.Owners;
using Copilot.Store;
using Copilot.Store.AttributeIndexing;
using Copilot.Store.Reads.Topology;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Conversations;

/// <summary>Keeps a snapshot of the catalogue, read again when something in it has changed.</summary>
public sealed class KnownNamesLoader(AttributeIndexReads reads, ServiceReads services, IOwnership ownership) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private (string Fingerprint, KnownNames Catalogue)? _kept;

    /// <exception cref="StoreException">The store cannot be reached.</exception>
    public async Task<KnownNames> CurrentAsync(CancellationToken cancellationToken)
    {
        var fingerprint = await reads.FingerprintAsync(cancellationToken);
        if (_kept is { } known && known.Fingerprint == fingerprint)
            return known.Catalogue;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_kept is { } newer && newer.Fingerprint == fingerprint)
                return newer.Catalogue;
            var catalogue = await ReadAsync(cancellationToken);
            _kept = (fingerprint, catalogue);
            return catalogue;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<KnownNames> ReadAsync(CancellationToken cancellationToken)
    {
        var names = await services.NamesAsync(cancellationToken);
        var owners = await ownership.CurrentAsync(cancellationToken);
        var attributes = await reads.AttributesAsync(cancellationToken);
        var values = await reads.ValuesAsync(cancellationToken);
        return new KnownNames
        {
            Services = KnownServices.Of(names, await reads.PeersAsync(cancellationToken), owners),
            Operations = [.. (await reads.OperationsAsync(cancellationToken)).Select(o => new KnownOperation(o.Service, o.Name, o.Entry))],
            Attributes = [.. attributes.Select(a => new KnownAttribute(Scope(a.Level), a.Key, a.Service, a.Type, a.Entry, a.ManyValues))],
            Values = [.. values.Select(v => new KnownValue(Scope(v.Level), v.Key, v.Service, v.Value, v.Type, v.Entry, v.Seen))],
            Teams = owners.Teams,
            People =
            [
                .. owners.People.Select(p => new KnownPerson(
                    p.Name,
                    [.. p.Handles.Values.Append(p.Contact ?? "").Where(h => h.Length > 0)],
                    []
                )),
            ],
            Versions = [.. (await reads.VersionsAsync(cancellationToken)).Select(v => new KnownVersion(v.Service, v.Version))],
        };
    }

    private static AttributeScope Scope(string level) =>
        level switch
        {
            "resource" => AttributeScope.Resource,
            "event" => AttributeScope.Event,
            "link" => AttributeScope.Link,
            "scope" => AttributeScope.Instrumentation,
            _ => AttributeScope.Span,
        };
}
