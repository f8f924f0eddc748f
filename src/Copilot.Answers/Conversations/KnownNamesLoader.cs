using Copilot.Language.Linking;
using Copilot.Ownership.Owners;
using Copilot.Store;
using Copilot.Store.AttributeIndexing;
using Copilot.Store.Reads.Metrics;
using Copilot.Store.Reads.Topology;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Conversations;

/// <summary>Keeps a snapshot of the catalogue, read again when something in it has changed.</summary>
public sealed class KnownNamesLoader(AttributeIndexReads reads, ServiceReads services, MetricTableReads metrics, IOwnership ownership)
    : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private (string Fingerprint, KnownNames Catalogue)? _kept;
    private (long Newest, IReadOnlyList<KnownMetric> Known)? _metrics;

    /// <exception cref="StoreException">The store cannot be reached.</exception>
    public async Task<KnownNames> CurrentAsync(CancellationToken cancellationToken)
    {
        var fingerprint = await reads.FingerprintAsync(cancellationToken);
        var newest = await metrics.NewestSeriesAsync(cancellationToken);
        if (IsCurrent(fingerprint, newest) is { } known)
            return known;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (IsCurrent(fingerprint, newest) is { } newer)
                return newer;
            var catalogue = _kept?.Fingerprint == fingerprint ? _kept.Value.Catalogue : await ReadAsync(cancellationToken);
            var now = await MetricsAsync(newest, cancellationToken);
            if (!ReferenceEquals(catalogue.Metrics, now))
                catalogue = catalogue with { Metrics = now };
            _kept = (fingerprint, catalogue);
            return catalogue;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private KnownNames? IsCurrent(string fingerprint, long newest) =>
        _kept is { } known && known.Fingerprint == fingerprint && _metrics?.Newest == newest ? known.Catalogue : null;

    // Series come and go with every new instance; names do not, and what is made of an unchanged list stays as it is.
    private async Task<IReadOnlyList<KnownMetric>> MetricsAsync(long newest, CancellationToken cancellationToken)
    {
        if (_metrics is { } known && known.Newest == newest)
            return known.Known;
        IReadOnlyList<KnownMetric> read =
        [
            .. (await metrics.NamesAsync(cancellationToken)).Select(m => new KnownMetric(m.Name, m.Unit, Kind(m.Kind), m.Services)),
        ];
        var same = _metrics is { } old && old.Known.Select(Told).SequenceEqual(read.Select(Told), StringComparer.Ordinal);
        var kept = same ? _metrics!.Value.Known : read;
        _metrics = (newest, kept);
        return kept;

        static string Told(KnownMetric metric) => $"{metric.Name}\n{metric.Unit}\n{metric.Kind}\n{string.Join('\n', metric.Services)}";
    }

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

    private static string Kind(MetricKinds kind) =>
        kind switch
        {
            MetricKinds.Gauge => "gauge",
            MetricKinds.Counter => "counter",
            MetricKinds.UpDownCounter => "up_down_counter",
            MetricKinds.Histogram => "histogram",
            _ => "summary",
        };

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
