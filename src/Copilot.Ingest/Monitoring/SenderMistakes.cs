using System.Collections.Concurrent;

namespace Copilot.Ingest.Monitoring;

/// <summary>
/// What senders got wrong in ways that their own programs say nothing about: the wrong port, a doubled path, another format. Kept for a
/// page and for <c>copilot doctor</c>.
/// </summary>
public sealed class SenderMistakes(TimeProvider time)
{
    /// <summary>The sentences are the app's own and few; what a sender wrote is no part of them.</summary>
    private readonly ConcurrentDictionary<string, SenderMistake> _seen = new(StringComparer.Ordinal);

    public const string HttpToGrpc =
        "OTLP/HTTP came to the port of OTLP/gRPC: send it to the port of OTLP/HTTP (4318, or the one named with --port), "
        + "or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc.";

    public const string GrpcToHttp =
        "OTLP/gRPC came to a port of OTLP/HTTP: send it to the port of OTLP/gRPC (4317, or a thousand above the one named with --port), "
        + "or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.";

    public const string Doubled =
        "The path of a signal came twice: OTEL_EXPORTER_OTLP_ENDPOINT takes the address without /v1/traces, which exporters add to it.";

    public const string WithoutPath =
        "Telemetry came to no path: an endpoint for one signal (OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) is taken as it is, "
        + "and ends in /v1/traces, /v1/logs or /v1/metrics.";

    /// <summary>What is wrong with a path to which somebody posted and at which nothing is; null where that says nothing.</summary>
    public static string? OfPath(string? path)
    {
        if (path is "/" or "")
            return WithoutPath;
        var signals = SignalNames.All.Select(signal => signal.HttpPath()).ToList();
        return signals.Exists(first => signals.Exists(again => path?.TrimEnd('/') == first + again)) ? Doubled : null;
    }

    public IReadOnlyList<SenderMistake> Seen => [.. _seen.Values.OrderByDescending(mistake => mistake.LastSeen)];

    public void Note(string what)
    {
        var now = time.GetUtcNow();
        _seen.AddOrUpdate(what, new SenderMistake(what, 1, now), (_, known) => known with { Count = known.Count + 1, LastSeen = now });
    }
}

/// <summary>A mistake that senders made since the app started.</summary>
/// <param name="What">What was wrong and what to do.</param>
/// <param name="Count">How many requests or connections.</param>
public sealed record SenderMistake(string What, long Count, DateTimeOffset LastSeen);
