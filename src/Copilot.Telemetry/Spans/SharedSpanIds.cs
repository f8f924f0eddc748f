namespace Copilot.Telemetry.Spans;

/// <summary>
/// Zipkin's tracers, and what carries their spans on in another format, give the two sides of a call one span id. Apart, the server's side
/// hangs below the client's, and what the server does below the server's.
/// </summary>
public static class SharedSpanIds
{
    /// <summary>Sets a server's span apart from the client's whose id it shares.</summary>
    private const ulong ServerSide = 0x5a17_0000_0000_0001;

    /// <summary>The server's own id.</summary>
    public static SpanId OfServer(SpanId id) => new(id.Value ^ ServerSide);

    /// <summary>Each span's id and parent, in the order given; null where no server shares its client's id.</summary>
    public static IReadOnlyList<(SpanId Id, SpanId? Parent)>? Part<TService>(IReadOnlyList<SharedSpan<TService>> spans)
        where TService : IEquatable<TService>
    {
        var clients = new HashSet<(int, SpanId)>();
        foreach (var span in spans)
        {
            if (span.Kind == SpanKind.Client)
                clients.Add((span.Trace, span.Id));
        }

        var servers = new Dictionary<(int, SpanId), TService>();
        foreach (var span in spans)
        {
            if (span.Kind == SpanKind.Server && clients.Contains((span.Trace, span.Id)))
                servers.TryAdd((span.Trace, span.Id), span.Service);
        }

        return servers.Count == 0 ? null : [.. spans.Select(Of)];

        (SpanId, SpanId?) Of(SharedSpan<TService> span) =>
            span.Kind == SpanKind.Server && servers.ContainsKey((span.Trace, span.Id)) ? (OfServer(span.Id), span.Id)
            : span.Parent is { } parent && servers.TryGetValue((span.Trace, parent), out var service) && service.Equals(span.Service)
                ? (span.Id, OfServer(parent))
            : (span.Id, span.Parent);
    }
}

/// <summary>What tells the two sides of a call.</summary>
/// <param name="Trace">Told apart from others of the same list by it.</param>
public readonly record struct SharedSpan<TService>(int Trace, SpanId Id, SpanId? Parent, SpanKind Kind, TService Service)
    where TService : IEquatable<TService>;
