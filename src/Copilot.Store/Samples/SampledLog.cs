using Copilot.Telemetry.Spans;

namespace Copilot.Store.Samples;

/// <summary>The lean columns of one log record of a sampled trace. The body is cut: templates stand at its beginning.</summary>
public readonly record struct SampledLog(long TimeNs, TraceId Trace, long Span, int Service, int Resource, short Severity, string Body);
