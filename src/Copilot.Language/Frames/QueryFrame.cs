using System.Text.Json.Serialization;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Frames;

/// <summary>What a question asks to be counted, measured, ranked or listed, typed. Services, operations, attribute conditions, window and the
/// other side of a comparison by window stand in the <see cref="QuestionPlan"/> that carries the frame; everything given must hold.</summary>
public sealed record QueryFrame
{
    public required FrameAct Act { get; init; }

    public required FramePopulation Over { get; init; }

    /// <summary>Of <see cref="FramePopulation.Metric"/>: the metric's name, exactly.</summary>
    public string? Metric { get; init; }

    /// <summary>Which of the population count.</summary>
    public RecordState State { get; init; }

    /// <summary>Holds of the counted thing itself, besides the plan's conditions: TraceQL's field expression. Of logs, <c>severity</c> (the
    /// number), <c>body</c> and <c>event</c> are fields like any attribute.</summary>
    [JsonConverter(typeof(FieldExpressionJson))]
    public FieldExpression? Where { get; init; }

    /// <summary>Each is met by some span of the same trace, not by the counted span itself.</summary>
    [JsonConverter(typeof(FieldExpressionListJson))]
    public IReadOnlyList<FieldExpression> InTrace { get; init; } = [];

    /// <summary>None is met by any span of the same trace: "that did not call X".</summary>
    [JsonConverter(typeof(FieldExpressionListJson))]
    public IReadOnlyList<FieldExpression> NotInTrace { get; init; } = [];

    /// <summary>Only requests that a span of one of these services made: its parent is theirs. Any where empty.</summary>
    public IReadOnlyList<string> CalledBy { get; init; } = [];

    /// <summary>At least one, but for lists.</summary>
    public IReadOnlyList<FrameMeasure> Measures { get; init; } = [];

    /// <summary>One row for each combination; empty: one row for all.</summary>
    public IReadOnlyList<FrameGroup> By { get; init; } = [];

    /// <summary>Over time: in steps of <see cref="Step"/>.</summary>
    public bool OverTime { get; init; }

    /// <summary>The step of a series; null: the usual one of the window.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>Only the highest or the lowest point of the series, with its time.</summary>
    public FrameReduction? Reduce { get; init; }

    /// <summary>The time of that point is asked for, not only its value.</summary>
    public bool AsksWhen { get; init; }

    /// <summary>Rows are sorted by the first measure, worst or most first; true: least first.</summary>
    public bool Ascending { get; init; }

    /// <summary>How many rows; null for the usual.</summary>
    public int? Limit { get; init; }

    /// <summary>How many rows to leave out before the first ("the second slowest").</summary>
    public int Offset { get; init; }

    /// <summary>Only rows whose first measure is above (or, where <see cref="Ascending"/>, below) this, in the measure's unit.</summary>
    public double? Threshold { get; init; }

    /// <summary>The two sides of a comparison by value, service or operation; null where windows are compared or nothing is.</summary>
    public FrameSides? Sides { get; init; }
}

public enum FrameAct
{
    /// <summary>A number, several, a table by groups, a series.</summary>
    Measure,

    /// <summary>"Which X has the most …": names, best match first.</summary>
    Rank,

    /// <summary>The things themselves.</summary>
    List,

    /// <summary>Exceptions and error messages, equal ones as one group.</summary>
    Errors,
}

public enum FramePopulation
{
    /// <summary>Entry spans.</summary>
    Requests,

    /// <summary>All spans, whatever their kind.</summary>
    Spans,

    /// <summary>Traces that hold a span that meets everything.</summary>
    Traces,

    Logs,

    Metric,
}

public enum FrameReduction
{
    Highest,
    Lowest,
}

/// <summary>Both sides of a comparison; each condition holds besides everything else.</summary>
/// <param name="BeforeLabel">As the question names it.</param>
public sealed record FrameSides(
    string BeforeLabel,
    [property: JsonConverter(typeof(FieldExpressionJson))] FieldExpression Before,
    string AfterLabel,
    [property: JsonConverter(typeof(FieldExpressionJson))] FieldExpression After
);
