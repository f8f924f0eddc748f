using Copilot.TraceQL.Spansets;

namespace Copilot.TraceQL.Metrics;

/// <summary>
/// <c>compare({selection}, topN, start, end)</c>: the spans that the selection picks against the rest,
/// by the values of their attributes; start and end are Unix nanoseconds that bound the selection.
/// </summary>
public sealed record CompareArguments(SpansetFilter Selection, int TopN = 10, long? StartNanoseconds = null, long? EndNanoseconds = null);
