namespace Copilot.Answers.Contract;

/// <summary>What is made of a result, kind by kind. A new kind of result is a new member here, so whoever forgets it does not
/// compile.</summary>
public sealed class ResultCases<T>
{
    public required Func<ScalarResult, T> Scalar { get; init; }

    public required Func<ComparisonResult, T> Comparison { get; init; }

    public required Func<SeriesResult, T> Series { get; init; }

    public required Func<BreakdownResult, T> Breakdown { get; init; }

    public required Func<ServicesResult, T> Services { get; init; }

    public required Func<OperationsResult, T> Operations { get; init; }

    public required Func<TracesResult, T> Traces { get; init; }

    public required Func<TraceResult, T> Trace { get; init; }

    public required Func<LogsResult, T> Logs { get; init; }

    public required Func<TableResult, T> Table { get; init; }

    public required Func<PeriodResult, T> Period { get; init; }

    public required Func<ErrorsResult, T> Errors { get; init; }

    public required Func<OwnersResult, T> Owners { get; init; }

    public required Func<ChangesResult, T> Changes { get; init; }

    public required Func<ChoicesResult, T> Choices { get; init; }

    public required Func<NoResult, T> None { get; init; }
}
