using Copilot.Language.Linking;
using Copilot.TraceQL.Syntax;

namespace Copilot.Web.Queries;

/// <summary>Queries to begin with, made of the names that this store has seen: each kind of query once.</summary>
public static class QueryExamples
{
    private const int FewestValues = 2;
    private const int MostValues = 20;

    /// <param name="catalogue">What there is to be asked about.</param>
    /// <param name="busy">Services by how many spans they sent lately, most first.</param>
    /// <param name="failing">Services by how many of these failed, most first.</param>
    /// <param name="longest">The longest span lately; null where that is not known.</param>
    /// <returns>None where no service has sent anything.</returns>
    public static IReadOnlyList<QueryExample> Of(
        KnownNames catalogue,
        IReadOnlyList<string> busy,
        IReadOnlyList<string> failing,
        TimeSpan? longest
    )
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var known = catalogue.Services.Where(s => s.Instrumented).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        if (busy.Concat(known.Order(StringComparer.Ordinal)).FirstOrDefault(known.Contains) is not { } service)
            return [];
        var troubled = failing.FirstOrDefault(known.Contains) ?? service;
        var examples = new List<QueryExample>
        {
            new($"Failed spans of {troubled}", Find(Field.Service(troubled).And(Field.Failed()))),
            new(
                "Failures somewhere below a trace's first span",
                TraceQlQuery
                    .Of(
                        new Pipeline([
                            new SpansetOperation(
                                SpansetOperator.Descendant,
                                new SpansetFilter(Field.Of(Intrinsic.NestedSetParent).Compared(FieldOperator.Less, Literal.Of(0L))),
                                new SpansetFilter(Field.Failed())
                            ),
                        ])
                    )
                    .ToString()
            ),
            new(
                "Spans per second of every service",
                Series(Literal.Of(true), new MetricsFunction(MetricsFunctionKind.Rate) { By = [Field.Resource("service.name")] })
            ),
            new(
                $"The slowest twentieth of each operation of {service}",
                Series(
                    Field.Service(service),
                    new MetricsFunction(MetricsFunctionKind.QuantileOverTime)
                    {
                        Field = Field.Of(Intrinsic.Duration),
                        Quantiles = [0.95],
                        By = [Field.Of(Intrinsic.Name)],
                    }
                )
            ),
        };
        if (Telling(catalogue) is { } value)
            examples.Insert(1, new($"Spans with {value.Key} {value.Value}", Find(Field.Span(value.Key).Is(value.Value))));
        if (longest is { } most && Round(most / 2) is { Ticks: > 0 } slow)
            examples.Insert(1, new("The slowest there are", Find(Field.SlowerThan(slow))));
        return examples;
    }

    /// <summary>Down to 1, 2 or 5 of its power of ten milliseconds, or to nothing.</summary>
    private static TimeSpan Round(TimeSpan duration)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, duration.TotalMilliseconds))));
        var step = Array.FindLast([1, 2, 5], s => s * power <= duration.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(step * power);
    }

    private static string Find(FieldExpression condition) => TraceQlQuery.Of(new SpansetFilter(condition)).ToString();

    private static string Series(FieldExpression condition, MetricsFunction function) =>
        TraceQlQuery.Of(new MetricsQuery(new Pipeline([new SpansetFilter(condition)]), function)).ToString();

    /// <summary>A text that requests come with and that tells some of them from the others: of the attribute with the most values that are
    /// still few, the rarest.</summary>
    private static KnownValue? Telling(KnownNames catalogue) =>
        catalogue
            .Values.Where(v => v is { Scope: AttributeScope.Span, Entry: true, Type: "string", Value.Length: > 0 and < 40 })
            .GroupBy(v => v.Key)
            .Select(g =>
                (
                    g.Key,
                    Values: g.OrderBy(v => v.Seen).ThenBy(v => v.Value, StringComparer.Ordinal).ToList(),
                    Distinct: g.Select(v => v.Value).Distinct().Count()
                )
            )
            .Where(g => g.Distinct is >= FewestValues and <= MostValues && !catalogue.Attributes.Any(a => a.Key == g.Key && a.ManyValues))
            .OrderByDescending(g => g.Distinct)
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Values[0])
            .FirstOrDefault();
}

/// <summary>A query to begin with.</summary>
/// <param name="Title">What it asks, in words.</param>
public sealed record QueryExample(string Title, string Query);
