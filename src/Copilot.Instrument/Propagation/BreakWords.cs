using Copilot.Telemetry.Text;

namespace Copilot.Instrument.Propagation;

/// <summary>Evidence, cause and advice of a broken pair as people read them. Names are strangers' texts: one plain line each.</summary>
internal static class BreakWords
{
    public static IReadOnlyList<string> Evidence(BrokenPair pair)
    {
        var (caller, callee, operation) = (Name(pair.Caller), Name(pair.Callee), Name(pair.Operation));
        var lines = new List<string>();
        if (pair.Within)
        {
            lines.Add(
                $"{Count(pair.Match!.Pairs.Count)} of {Count(pair.Match.Calls)} calls of {caller} to "
                    + $"{Name(pair.Address)} that begin a trace "
                    + $"of their own begin while it serves {operation}; by chance it would be {Percent(pair.Match.Chance)}."
            );
            return lines;
        }

        if (pair.Messages)
        {
            lines.Add(
                $"{caller} sent {Count(pair.Calls.Count)} messages to {operation} that no span of another service hangs on or links to; "
                    + $"{callee} worked on {Count(pair.Requests.Count)} of that queue in traces of their own, without a link."
            );
            return lines;
        }

        lines.Add(
            $"{Count(pair.Calls.Count)} calls of {caller} to {Name(pair.Address ?? "an address it does not name")} have no request below "
                + $"them, and {Count(pair.Requests.Count)} requests {operation} of {callee} have no parent."
        );
        if (pair.Match is { } match)
            lines.Add(
                $"{Percent(match.Share)} of the calls enclose such a request in time"
                    + (match.SkewNs == 0 ? "" : $" once the clock of {callee} is set back by {Quantity.Duration(match.SkewNs / 1e6)}")
                    + $"; by chance it would be {Percent(match.Chance)}."
            );
        else
            lines.Add("They come too close together, or their clocks are too far apart, for time to tell; the numbers agree.");
        if (pair.Requests.Count(request => NamesCaller(request.UserAgent, pair.Caller)) is > 0 and var agents)
            lines.Add($"{Count(agents)} of these requests name {caller} as their user agent.");
        return lines;
    }

    public static string Why(BrokenPair pair, BreakCause cause)
    {
        var (caller, callee) = (Name(pair.Caller), Name(pair.Callee));
        return cause switch
        {
            BreakCause.CalleeDoesNotRead =>
                $"What {caller} calls elsewhere stays in its traces, and nobody's calls to {callee} do: {callee} does "
                    + "not read the context.",
            BreakCause.CallerDoesNotSend => $"{caller} sends no context: none of its calls stays in its traces.",
            BreakCause.Between => $"{caller} sends the context to others and {callee} reads that of others: something between the two "
                + "takes the headers away, or "
                + "they have no propagator in common.",
            BreakCause.Proxy => $"The calls go to {Name(pair.Address)}, which sends no spans, and arrive at {callee} without their "
                + "context: a proxy or gateway "
                + "there probably takes the headers away.",
            BreakCause.Queue => $"The messages of {Name(pair.Operation)} carry no context: {caller} does not write it into them, or "
                + $"{callee} does not read it.",
            BreakCause.MixedPropagators =>
                $"One of the two makes trace ids of 64 bits, as B3's older tracers do, the other of 128 bits, as W3C asks: they have no "
                    + "propagator in common.",
            BreakCause.WithinService =>
                $"{caller} loses the context between the request and its call: work handed to another thread or pool, "
                    + "or a call-back, without it.",
            _ => $"Either {caller} does not send the context or {callee} does not read it; no other call of the two tells which.",
        };
    }

    public static string Fix(BrokenPair pair, BreakCause cause)
    {
        var (caller, callee) = (Name(pair.Caller), Name(pair.Callee));
        return cause switch
        {
            BreakCause.CalleeDoesNotRead =>
                $"In {callee}, set OTEL_PROPAGATORS=tracecontext,baggage (not \"none\"), and start the server's span "
                    + "from the context that was "
                    + "extracted; look for code that makes a new root span.",
            BreakCause.CallerDoesNotSend =>
                $"In {caller}, set OTEL_PROPAGATORS=tracecontext,baggage (not \"none\"), and use the instrumented "
                    + "HTTP or RPC client, or inject "
                    + "the context into its headers.",
            BreakCause.Between or BreakCause.Proxy => $"Let traceparent and tracestate through at "
                + $"{(cause == BreakCause.Proxy ? Name(pair.Address) : "whatever stands between them")} "
                + "(an allow-list of headers, a gateway's or mesh's policy); and give both "
                + "services the same OTEL_PROPAGATORS.",
            BreakCause.Queue => $"Inject the context into each message's headers in {caller}, and extract it in {callee} as the "
                + "parent or as a link; most "
                + "clients' instrumentation does both.",
            BreakCause.MixedPropagators =>
                "Give both services OTEL_PROPAGATORS=tracecontext,baggage,b3multi until all make ids of 128 bits.",
            BreakCause.WithinService =>
                $"In {caller}, hand the context over with the work: wrap the executor or the call-back (Context.current().wrap, "
                    + "context.bind, contextvars.copy_context), or use the framework's instrumentation.",
            _ => $"Set OTEL_PROPAGATORS=tracecontext,baggage in both, {caller} first: a call that carries traceparent "
                + "shows which one it is.",
        };
    }

    private static bool NamesCaller(string? agent, string caller) =>
        agent is not null
        && agent.StartsWith(caller, StringComparison.OrdinalIgnoreCase)
        && (agent.Length == caller.Length || agent[caller.Length] is '/' or ' ');

    private static string Name(string? text) => Hostile.Line(text, 120);

    private static string Count(int number) => Quantity.Count(number);

    private static string Percent(double share) => Quantity.Percent(share);
}
