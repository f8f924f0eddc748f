using Copilot.Store.Traceql;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;
using Copilot.TraceQL;
using Copilot.TraceQL.Spansets;

namespace Copilot.Store.Samples;

/// <summary>
/// Which spans count at all, as a TraceQL spanset filter. One about services and resources leaves the other spans out; any other
/// chooses whole traces, those with a span for which it holds, because a trace with holes would look like calls that vanished.
/// </summary>
public sealed class SampleScope
{
    private readonly SpansetFilter? _filter;
    private readonly bool _isAboutResources;

    private SampleScope(SpansetFilter? filter)
    {
        _filter = filter;
        _isAboutResources = filter is not null && (Levels.Of(filter.Condition) & ~(Level.Service | Level.Resource)) == 0;
    }

    public static SampleScope Everything { get; } = new(null);

    /// <exception cref="TraceQlException">It is no spanset filter; the message says where.</exception>
    public static SampleScope Parse(string? traceql) =>
        string.IsNullOrWhiteSpace(traceql) ? Everything : new SampleScope(TraceQlParser.ParseFilter(traceql));

    /// <summary>A condition on the spans of a chosen trace.</summary>
    internal string OnSpans(string alias, TimeWindow window, SqlParameters parameters) =>
        _filter is not null && _isAboutResources ? SpanFilterSql.Compile(_filter, window, parameters, alias) : "true";

    /// <summary>A condition on the span that makes its trace belong to the window.</summary>
    internal string OnTraces(string alias, TimeWindow window, SqlParameters parameters)
    {
        // Nobody who asks what is wrong means the copilot itself.
        if (_filter is null)
            return $"{alias}.service_id <> all(array(select id from services where name = '{OwnService.Name}'))";
        if (_isAboutResources)
            return SpanFilterSql.Compile(_filter, window, parameters, alias);
        var (from, to) = (parameters.Bigint(window.FromNs), parameters.Bigint(window.ToNs + SampleReads.After));
        return $"exists (select from spans f where f.trace_id = {alias}.trace_id and f.start_ns >= {from} and f.start_ns < {to}"
            + $" and {SpanFilterSql.Compile(_filter, window, parameters, "f")})";
    }
}
