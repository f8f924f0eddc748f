using System.Text.Json.Serialization;

namespace Copilot.Answers.Contract;

/// <summary>The data of an answer; its JSON member <c>kind</c> names the shape. The kinds are these and no others; whoever makes something
/// of a result says what of each (<see cref="Match"/>).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ScalarResult), "scalar")]
[JsonDerivedType(typeof(ServicesResult), "services")]
[JsonDerivedType(typeof(OperationsResult), "operations")]
[JsonDerivedType(typeof(TracesResult), "traces")]
[JsonDerivedType(typeof(OwnersResult), "owners")]
[JsonDerivedType(typeof(ChangesResult), "changes")]
[JsonDerivedType(typeof(SeriesResult), "series")]
[JsonDerivedType(typeof(BreakdownResult), "breakdown")]
[JsonDerivedType(typeof(ComparisonResult), "comparison")]
[JsonDerivedType(typeof(TraceResult), "trace")]
[JsonDerivedType(typeof(LogsResult), "logs")]
[JsonDerivedType(typeof(TableResult), "table")]
[JsonDerivedType(typeof(PeriodResult), "period")]
[JsonDerivedType(typeof(ErrorsResult), "errors")]
[JsonDerivedType(typeof(ChoicesResult), "choices")]
[JsonDerivedType(typeof(NoResult), "none")]
public abstract record AnswerResult
{
    private protected AnswerResult() { }

    public abstract T Match<T>(ResultCases<T> cases);
}

/// <summary>Nothing to show.</summary>
public sealed record NoResult : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.None(this);
}

/// <summary>One number. Units: <c>1</c>, <c>ms</c>, <c>count</c>, <c>req/s</c>.</summary>
public sealed record ScalarResult(string Name, double Value, string Unit) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Scalar(this);
}

/// <summary>One measure twice: <c>Before</c> is the earlier window, or the value or service named first.</summary>
public sealed record ComparisonResult(string Name, string Unit, double Before, double After) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Comparison(this);
}

/// <summary>The readings to choose from; each is a question that can be asked as it is.</summary>
public sealed record ChoicesResult(IReadOnlyList<string> Items) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Choices(this);
}

/// <summary>The values of one attribute that set the bad requests apart, best first; by count where the question names the attribute, by
/// the
/// measure where it asks which value has most or least of it.</summary>
/// <param name="Name">The measure that each item carries ("p95"); null where none was asked for.</param>
public sealed record BreakdownResult(string Attribute, IReadOnlyList<BreakdownItem> Items, string? Name = null, string? Unit = null)
    : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Breakdown(this);
}

/// <param name="Count">Of the bad requests; of all, where nothing is said to be bad.</param>
/// <param name="Share">Of the bad requests, 0 to 1.</param>
/// <param name="Lift">The share among the bad ÷ the share among the good.</param>
/// <param name="Measured">The measure that was asked for of the requests with this value, in <see cref="BreakdownResult.Unit"/>; null where
/// none was.</param>
public sealed record BreakdownItem(string Value, long Count, double Share, double Lift, double? Measured = null);
