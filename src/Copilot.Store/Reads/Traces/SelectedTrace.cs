using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Traces;

/// <summary>One trace by its root span; where that is missing, by its earliest span and its whole length.</summary>
public sealed record SelectedTrace(
    TraceId TraceId, DateTimeOffset Start, double DurationMs, string RootService, string RootOperation, int ErrorSpans, bool RootMissing);
