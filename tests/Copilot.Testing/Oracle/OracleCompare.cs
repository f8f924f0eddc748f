using System.Text.Json;
using Copilot.TraceQL.Syntax;

namespace Copilot.Testing.Oracle;

/// <summary><c>compare()</c> over spans in memory: every attribute of every span, counted one by one.</summary>
public sealed class OracleCompare(OracleData data, long stepNs)
{
    private readonly OracleValues _values = new(data);

    /// <param name="spans">What the pipeline leaves.</param>
    /// <param name="compare">The arguments.</param>
    /// <param name="steps">How many values a series has.</param>
    public Dictionary<string, double?[]> Run(IEnumerable<OracleSpan> spans, CompareArguments compare, int steps)
    {
        var counted = spans
            .SelectMany(s =>
                Attributes(s)
                    .Select(a =>
                        (Group: (Selected: Selects(compare, s), a.Name), a.Value, Step: (int)((s.Start - data.Window.FromNs) / stepNs))
                    )
            )
            .ToLookup(a => a.Group);
        var result = new Dictionary<string, double?[]>();
        foreach (var group in counted)
        {
            var type = group.Key.Selected ? "selection" : "baseline";
            var values = group.GroupBy(a => OracleSeries.Label(a.Value)).ToList();
            foreach (
                var value in values
                    .OrderByDescending(v => v.Count())
                    .ThenBy(v => Json(v.First().Value), StringComparer.Ordinal)
                    .Take(compare.TopN)
            )
                result[$"__meta_type=\"{type},{group.Key.Name}={value.Key}"] = Counts(value.Select(a => a.Step), steps);
            result[$"__meta_type=\"{type}_total,{group.Key.Name}=nil"] = Counts(group.Select(a => a.Step), steps);
            if (values.Count > compare.TopN)
                result[$"__meta_error=\"__too_many_values__,{group.Key.Name}=nil"] = new double?[steps];
        }

        return result;
    }

    /// <summary>As the store writes a value; of equally many the first of these texts counts.</summary>
    private static string Json(object value) => JsonSerializer.Serialize(value is Code ? OracleSeries.Label(value)[1..] : value);

    private bool Selects(CompareArguments compare, OracleSpan span) =>
        _values.Holds(compare.Selection.Condition, span)
        && (compare.StartNanoseconds is not { } start || (span.Start >= start && span.Start < compare.EndNanoseconds));

    private static double?[] Counts(IEnumerable<int> at, int steps)
    {
        var counts = Enumerable.Repeat((double?)0, steps).ToArray();
        foreach (var step in at)
            counts[step]++;
        return counts;
    }

    private static IEnumerable<(string Name, object Value)> Attributes(OracleSpan span) =>
        span
            .Attributes.Select(a => ("span." + a.Key, a.Value))
            .Concat(span.Resource.Select(a => ("resource." + a.Key, a.Value)))
            .Concat(span.Scope.Select(a => ("instrumentation." + a.Key, a.Value)))
            .Concat(span.Events.SelectMany(e => e.Attributes).Select(a => ("event." + a.Key, a.Value)))
            .Concat(string.IsNullOrEmpty(span.StatusMessage) ? [] : [("statusMessage", (object)span.StatusMessage)])
            .Concat([("name", span.Name), ("status", new Code("status", span.Status)), ("kind", new Code("kind", span.Kind))]);
}
