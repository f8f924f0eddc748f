using System.Diagnostics.Metrics;
using Copilot.Store.Retention;
using Copilot.Telemetry.Spans;

namespace Copilot.Ingest.Monitoring;

/// <summary>
/// The intake's status as instruments: <c>/metrics</c> has them as <c>copilot_ingest_…</c>. They are observed, so that the status is
/// read when somebody asks and taking telemetry in costs nothing more.
/// </summary>
internal sealed class IngestMeter : IDisposable
{
    public const string Name = "Copilot.Ingest";

    private readonly Meter _meter = new(Name);

    public IngestMeter(IngestMonitor monitor, StoreFigures store)
    {
        Counter("copilot.ingest.requests", null, "Export requests read.", signal => signal.Requests);
        Counter("copilot.ingest.bytes", "By", "Bytes of export requests, after decompression.", signal => signal.Bytes);
        Counter("copilot.ingest.received", null, "Items received and counted.", signal => signal.Received);
        Counter("copilot.ingest.stored", null, "Items stored.", signal => signal.Stored);
        Counter("copilot.ingest.duplicates", null, "Items that were stored before.", signal => signal.Duplicates);
        Counter("copilot.ingest.shed", null, "Items only counted, because the store could not keep up.", signal => signal.Shed);
        Counter("copilot.ingest.rejected", null, "Items that break the protocol's rules.", signal => signal.Rejected);
        _meter.CreateObservableCounter(
            "copilot.ingest.refused",
            () =>
                monitor
                    .Read()
                    .Refused.Select(entry => new Measurement<long>(entry.Value, KeyValuePair.Create<string, object?>("status", entry.Key))),
            description: "Requests that were not taken, by HTTP status."
        );
        _meter.CreateObservableGauge(
            "copilot.ingest.pending_items",
            () => monitor.Read().PendingItems,
            null,
            "Items that wait for the store."
        );
        _meter.CreateObservableGauge(
            "copilot.ingest.body_bytes",
            () => monitor.Read().BodyBytes,
            "By",
            "Bytes of request bodies in memory."
        );
        _meter.CreateObservableGauge(
            "copilot.ingest.kept_share",
            () => monitor.Read().KeptShare,
            null,
            "Share of boring traces that is stored now."
        );
        _meter.CreateObservableCounter(
            "copilot.store.restarts",
            () => monitor.Read().StoreRestarts,
            null,
            "Times that the managed Postgres had to be started again."
        );
        _meter.CreateObservableGauge(
            "copilot.ingest.last_received",
            () => Seconds(monitor.Read().LastReceived),
            "s",
            "When a request was last taken, in seconds since 1970; not there before the first."
        );
        _meter.CreateObservableGauge(
            "copilot.ingest.silence",
            () => monitor.Silence.TotalSeconds,
            "s",
            "How long nothing was taken: since the last request, or since the start where there was none."
        );
        _meter.CreateObservableCounter(
            "copilot.ingest.mistakes",
            () => monitor.Read().Mistakes.Sum(mistake => mistake.Count),
            null,
            "Requests and connections of senders that are set up wrongly; the page Status says how."
        );
        _meter.CreateObservableGauge("copilot.store.up", () => store.Status is null ? 0 : 1, null, "1 where the store answers, else 0.");
        Gauge("copilot.store.size", "By", "The database on disk.", status => status.Bytes);
        Gauge("copilot.store.free", "By", "What is free where the managed server's data lie.", status => status.FreeBytes);
        Gauge("copilot.store.pending_minutes", null, "Minutes whose passes are still to come.", status => status.PendingMinutes);
        Gauge("copilot.store.distillation.due", null, "Hours past the hot window that wait for it.", status => status.Distillation.Due);
        Gauge(
            "copilot.store.distillation.thinned",
            null,
            "Hours of which not every span is stored.",
            status => status.Distillation.Thinned
        );
        _meter.CreateObservableGauge(
            "copilot.store.distillation.last",
            () => Seconds(store.Status?.Distillation.Last),
            "s",
            "When an hour was last distilled, in seconds since 1970; not there before the first."
        );
        ByKind("copilot.store.partitions", null, "Hourly partitions.", partition => partition.Count);
        ByKind("copilot.store.partition_size", "By", "Partitions on disk, with their indexes.", partition => partition.Bytes);
        _meter.CreateObservableGauge("copilot.questions", () => Known(store.Activity?.Questions), null, "Questions that are kept.");
        _meter.CreateObservableGauge(
            "copilot.investigations.open",
            () => Known(store.Activity?.OpenInvestigations),
            null,
            "Investigations that are not over."
        );
        _meter.CreateObservableGauge(
            "copilot.build_info",
            () => new Measurement<int>(1, KeyValuePair.Create<string, object?>("version", OwnService.Version)),
            null,
            "1; which version answers is its label."
        );
        _meter.CreateObservableGauge("copilot.process.memory", () => Environment.WorkingSet, "By", "The app's working set.");

        void Gauge(string name, string? unit, string description, Func<StoreStatus, long?> value) =>
            _meter.CreateObservableGauge(name, () => Known(store.Status is { } status ? value(status) : null), unit, description);

        void ByKind(string name, string? unit, string description, Func<PartitionStatus, long> value) =>
            _meter.CreateObservableGauge(
                name,
                () =>
                    (store.Status?.Partitions ?? []).Select(partition => new Measurement<long>(
                        value(partition),
                        KeyValuePair.Create<string, object?>("kind", partition.Kind)
                    )),
                unit,
                description
            );

        void Counter(string name, string? unit, string description, Func<SignalStatus, long> value) =>
            _meter.CreateObservableCounter(
                name,
                () =>
                    monitor
                        .Read()
                        .Signals.Select(entry => new Measurement<long>(
                            value(entry.Value),
                            KeyValuePair.Create<string, object?>("signal", entry.Key.Label())
                        )),
                unit,
                description
            );
    }

    private static Measurement<long>[] Known(long? value) => value is { } known ? [new(known)] : [];

    private static Measurement<long>[] Seconds(DateTimeOffset? time) => Known(time?.ToUnixTimeSeconds());

    public bool Has(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    public void Dispose() => _meter.Dispose();
}
