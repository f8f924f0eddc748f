using System.Diagnostics.Metrics;

namespace Copilot.Ingest.Monitoring;

/// <summary>
/// The intake's status as instruments: <c>/metrics</c> has them as <c>copilot_ingest_…</c>. They are observed, so that the status is
/// read when somebody asks and taking telemetry in costs nothing more.
/// </summary>
internal sealed class IngestMeter : IDisposable
{
    public const string Name = "Copilot.Ingest";

    private readonly Meter _meter = new(Name);

    public IngestMeter(IngestMonitor monitor)
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
        _meter.CreateObservableGauge("copilot.process.memory", () => Environment.WorkingSet, "By", "The app's working set.");

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

    public bool Has(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    public void Dispose() => _meter.Dispose();
}
