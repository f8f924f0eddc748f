using Copilot.Language.Linking;
using Copilot.Ownership.Owners;
using Copilot.Store.AttributeIndexing;
using Copilot.Store.Reads.Metrics;
using Copilot.Store.Reads.Topology;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Conversations;

/// <summary>Reads what there is to be asked about: all of it at first, and then what is new.</summary>
public sealed class KnownNamesReader(AttributeIndexReads index, ServiceReads services, MetricTableReads metrics, IOwnership ownership)
{
    /// <summary>What became known after what was read before; the same where nothing did.</summary>
    /// <param name="before">Null for all of it.</param>
    /// <exception cref="Store.StoreException">The store cannot be reached.</exception>
    public async Task<NamesRead> ReadAsync(NamesRead? before, CancellationToken cancellationToken)
    {
        var since = before?.Mark ?? NotedSince.All;
        var news = await index.NewsAsync(since, cancellationToken);
        var known = before ?? NamesRead.Nothing;
        if (before is not null && !news.Any && before.CatalogVersion == news.CatalogVersion)
            return before with { Mark = news.Mark };
        var sending = news.Services ? await services.NamesAsync(cancellationToken) : known.Sending;
        var peers = await index.PeersAsync(cancellationToken);
        var owners = await ownership.CurrentAsync(cancellationToken);
        var all = KnownServices.Of(sending, peers, owners);
        IReadOnlyList<KnownPerson> people = [.. owners.People.Select(Person)];
        var told = news.Series ? Joined(known.Metrics, await metrics.NamesAsync(since, cancellationToken)) : known.Metrics;
        var versions = news.Changes ? await VersionsAsync(known.Names.Versions, since, cancellationToken) : known.Names.Versions;
        var change = new KnownNamesChange
        {
            Operations = news.Operations ? await OperationsAsync(since, cancellationToken) : [],
            Attributes = news.Attributes ? await AttributesAsync(since, cancellationToken) : [],
            Values = news.Values ? await ValuesAsync(since, cancellationToken) : [],
            Services = Changed(known.Names.Services, all, s => (s.Name, s.Instrumented, s.Description, string.Join('\n', s.Aliases))),
            Teams = Changed(known.Names.Teams, owners.Teams, team => team),
            People = Changed(known.Names.People, people, person => (person.Name, string.Join('\n', person.Handles))),
            Versions = ReferenceEquals(versions, known.Names.Versions) ? null : versions,
            Metrics = ReferenceEquals(told, known.Metrics) ? null : told,
        };
        return new NamesRead
        {
            Names = known.Names.With(change),
            Mark = news.Mark,
            CatalogVersion = news.CatalogVersion,
            Sending = sending,
            Metrics = told,
        };
    }

    // What is made of an unchanged list stays as it is.
    private static IReadOnlyList<T>? Changed<T, TTold>(IReadOnlyList<T> known, IReadOnlyList<T> now, Func<T, TTold> told) =>
        known.Select(told).SequenceEqual(now.Select(told)) ? null : now;

    private static KnownPerson Person(Responder person) =>
        new(person.Name, [.. person.Handles.Values.Append(person.Contact ?? "").Where(h => h.Length > 0)], []);

    private async Task<IReadOnlyList<KnownOperation>> OperationsAsync(long since, CancellationToken cancellationToken) =>
        [.. (await index.OperationsAsync(since, cancellationToken)).Select(o => new KnownOperation(o.Service, o.Name, o.Entry))];

    private async Task<IReadOnlyList<KnownAttribute>> AttributesAsync(long since, CancellationToken cancellationToken) =>
        [
            .. (await index.AttributesAsync(since, cancellationToken)).Select(a => new KnownAttribute(
                Scope(a.Level),
                a.Key,
                a.Service,
                a.Type,
                a.Entry,
                a.ManyValues
            )),
        ];

    private async Task<IReadOnlyList<KnownValue>> ValuesAsync(long since, CancellationToken cancellationToken) =>
        [
            .. (await index.ValuesAsync(since, cancellationToken)).Select(v => new KnownValue(
                Scope(v.Level),
                v.Key,
                v.Service,
                v.Value,
                v.Type,
                v.Entry,
                v.Seen
            )),
        ];

    private async Task<IReadOnlyList<KnownVersion>> VersionsAsync(
        IReadOnlyList<KnownVersion> known,
        long since,
        CancellationToken cancellationToken
    )
    {
        var read = (await index.VersionsAsync(since, cancellationToken)).Select(v => new KnownVersion(v.Service, v.Version));
        IReadOnlyList<KnownVersion> added = [.. read.Except(known)];
        return added.Count == 0 ? known : [.. known, .. added];
    }

    // Series come and go with every new instance; names do not, and what is made of an unchanged list stays as it is.
    private static IReadOnlyList<KnownMetric> Joined(IReadOnlyList<KnownMetric> known, IReadOnlyList<MetricEntry> read)
    {
        var joined = known.ToDictionary(m => (m.Name, m.Unit, m.Kind));
        var changed = false;
        foreach (var metric in read)
        {
            var key = (metric.Name, metric.Unit, Kind(metric.Kind));
            var before = joined.GetValueOrDefault(key)?.Services ?? [];
            IReadOnlyList<string> all = [.. before.Union(metric.Services, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (all.Count == before.Count)
                continue;
            joined[key] = new KnownMetric(metric.Name, metric.Unit, Kind(metric.Kind), all);
            changed = true;
        }

        return changed ? [.. joined.Values] : known;
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

/// <summary>The names as they were read, and from where on to read what is new.</summary>
public sealed record NamesRead
{
    public static NamesRead Nothing { get; } = new() { Names = KnownNames.Empty };

    public required KnownNames Names { get; init; }

    /// <summary>From here on the next read asks.</summary>
    public long Mark { get; init; }

    public long CatalogVersion { get; init; }

    /// <summary>Services that send spans.</summary>
    public IReadOnlyList<string> Sending { get; init; } = [];

    public IReadOnlyList<KnownMetric> Metrics { get; init; } = [];
}
