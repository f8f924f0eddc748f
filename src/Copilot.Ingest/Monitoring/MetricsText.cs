using System.Globalization;
using System.Text;
using Copilot.Ingest.Otlp;

namespace Copilot.Ingest.Monitoring;

/// <summary>The intake's status as Prometheus' text format has it.</summary>
public static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IngestStatus status)
    {
        var text = new StringBuilder();
        Counters(text, status, "copilot_ingest_requests_total", "Export requests read.", signal => signal.Requests);
        Counters(text, status, "copilot_ingest_bytes_total", "Bytes of export requests, after decompression.", signal => signal.Bytes);
        Counters(text, status, "copilot_ingest_received_total", "Items received and counted.", signal => signal.Received);
        Counters(text, status, "copilot_ingest_stored_total", "Items stored.", signal => signal.Stored);
        Counters(text, status, "copilot_ingest_duplicates_total", "Items that were stored before.", signal => signal.Duplicates);
        Counters(text, status, "copilot_ingest_shed_total", "Items only counted, because the store could not keep up.", signal => signal.Shed);
        Counters(text, status, "copilot_ingest_rejected_total", "Items that break the protocol's rules.", signal => signal.Rejected);
        Head(text, "copilot_ingest_refused_total", "counter", "Requests that were not taken, by HTTP status.");
        foreach (var (code, count) in status.Refused.OrderBy(entry => entry.Key))
            text.Append(CultureInfo.InvariantCulture, $"copilot_ingest_refused_total{{status=\"{code}\"}} {count}\n");
        Gauge(text, "copilot_ingest_pending_items", "Items that wait for the store.", status.PendingItems);
        Gauge(text, "copilot_ingest_body_bytes", "Bytes of request bodies in memory.", status.BodyBytes);
        Gauge(text, "copilot_ingest_kept_share", "Share of boring traces that is stored now.", status.KeptShare);
        Head(text, "copilot_store_restarts_total", "counter", "Times that the managed Postgres had to be started again.");
        text.Append(CultureInfo.InvariantCulture, $"copilot_store_restarts_total {status.StoreRestarts}\n");
        Gauge(text, "copilot_process_memory_bytes", "The app's working set.", Environment.WorkingSet);
        return text.ToString();
    }

    private static void Counters(StringBuilder text, IngestStatus status, string name, string help, Func<SignalStatus, long> value)
    {
        Head(text, name, "counter", help);
        foreach (var (signal, counts) in status.Signals)
            text.Append(CultureInfo.InvariantCulture, $"{name}{{signal=\"{signal.Label()}\"}} {value(counts)}\n");
    }

    private static void Gauge(StringBuilder text, string name, string help, double value)
    {
        Head(text, name, "gauge", help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
}
