namespace Copilot.Web.Traces.Views;

/// <summary>What the spans of one service and operation did themselves in a trace.</summary>
public sealed record OperationTime(string Service, string Operation, int Spans, int Failed, double SelfMs, double CriticalMs)
{
    /// <param name="rows">All of the trace, nothing folded away.</param>
    public static IReadOnlyDictionary<(string Service, string Operation), OperationTime> Of(IEnumerable<WaterfallLine> rows) =>
        rows.GroupBy(row => (row.Span.Service, row.Span.Operation))
            .ToDictionary(
                group => group.Key,
                group => new OperationTime(
                    group.Key.Service,
                    group.Key.Operation,
                    group.Count(),
                    group.Count(row => row.Span.Failed),
                    group.Sum(row => row.SelfMs),
                    group.Sum(row => row.CriticalMs)
                )
            );
}

/// <summary>One service and operation in two traces; null where a trace has no such span.</summary>
public sealed record OperationDifference(OperationTime? Here, OperationTime? Usual)
{
    public OperationTime Either => Here ?? Usual!;

    /// <summary>How much more time it took itself than in the usual trace.</summary>
    public double MoreMs => (Here?.SelfMs ?? 0) - (Usual?.SelfMs ?? 0);

    /// <summary>Fails, is missing, or is there and usually is not.</summary>
    public bool IsOther => Here is null || Usual is null || (Here.Failed > 0 && Usual.Failed == 0);

    /// <summary>What differs first, and of that the largest difference.</summary>
    public static IReadOnlyList<OperationDifference> Of(IEnumerable<WaterfallLine> here, IEnumerable<WaterfallLine> usual)
    {
        var (one, other) = (OperationTime.Of(here), OperationTime.Of(usual));
        return
        [
            .. one
                .Keys.Union(other.Keys)
                .Select(name => new OperationDifference(one.GetValueOrDefault(name), other.GetValueOrDefault(name)))
                .OrderByDescending(row => row.Here?.Failed > 0)
                .ThenByDescending(row => Math.Abs(row.MoreMs))
                .ThenBy(row => row.Either.Service, StringComparer.Ordinal)
                .ThenBy(row => row.Either.Operation, StringComparer.Ordinal),
        ];
    }
}
