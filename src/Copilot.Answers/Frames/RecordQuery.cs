using System.Globalization;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Frames;

/// <summary>Which log records, metric points or errors a frame is about, as the reads take it and as it is shown: in TraceQL's braces, with
/// what is asked of them after a bar.</summary>
internal sealed record RecordQuery
{
    /// <summary>The severityNumber from which on a record is an error.</summary>
    public const int ErrorSeverity = 17;

    private RecordQuery(QuestionPlan plan, QueryFrame frame)
    {
        Frame = frame;
        Services = [.. plan.Services.Select(service => service.Name)];
        var conditions = plan.Conditions.Select(PlanSpans.ConditionOf).ToList();
        Where = Field.All([
            .. conditions.Where(condition => !condition.AnywhereInTrace).Select(condition => condition.Expression),
            .. new[] { frame.Where }.OfType<FieldExpression>(),
        ]);
        InTrace = [.. conditions.Where(condition => condition.AnywhereInTrace).Select(condition => condition.Expression), .. frame.InTrace];
        if (plan.Operations.Count > 0)
            InTrace = [.. InTrace, Field.AnyOf(plan.Operations.Select(o => Field.Of(Intrinsic.Name).Is(o.Name)))!];
    }

    public QueryFrame Frame { get; }

    /// <summary>Also what sends no spans: it may send logs and metrics.</summary>
    public IReadOnlyList<string> Services { get; }

    public FieldExpression? Where { get; private init; }

    public IReadOnlyList<FieldExpression> InTrace { get; private init; } = [];

    public static RecordQuery Of(Inquiry inquiry, QueryFrame frame) => new(inquiry.Plan, frame);

    public static RecordQuery Of(QuestionPlan plan, QueryFrame frame) => new(plan, frame);

    public RecordQuery And(FieldExpression? more) => more is null ? this : this with { Where = Where is null ? more : Where.And(more) };

    /// <summary>With spans as errors' conditions are: both kinds of condition are met by some span of the trace.</summary>
    public override string ToString() => Selection() + Asked();

    /// <summary>Without what is asked of them.</summary>
    public string Selection()
    {
        var condition = Field.All([.. new[] { Field.AnyOf(Services.Select(Field.Service)), Where }.OfType<FieldExpression>()]);
        var what = Frame switch
        {
            { Act: FrameAct.Errors } => "errors",
            { Over: FramePopulation.Metric } => $"metric {PlanFilter.Quote(Frame.Metric ?? string.Empty)}",
            _ => "logs",
        };
        return $"{what} {(condition is null ? "{ }" : $"{{ {condition} }}")}"
            + string.Concat(InTrace.Select(inTrace => $" in traces with {{ {inTrace} }}"));
    }

    private string Asked()
    {
        var by = Frame.By.Count == 0 ? "" : $" by ({string.Join(", ", Frame.By.Select(group => group.Field?.ToString() ?? group.Column))})";
        return Frame.Act switch
        {
            FrameAct.List => $" | {(Frame.Ascending ? "oldest" : "newest")} first",
            FrameAct.Errors => "",
            _ => $" | {string.Join(", ", Frame.Measures.Select(Written))}{by}"
                + (
                    Frame.OverTime && Frame.Step is { } step
                        ? string.Create(CultureInfo.InvariantCulture, $" | step {step.TotalSeconds:0.###}s")
                        : ""
                ),
        };
    }

    private string Written(FrameMeasure measure)
    {
        var name = measure.Name(Frame.Over);
        var of = measure.Of?.ToString() ?? measure.Part?.ToString();
        return Frame.Over == FramePopulation.Metric && of is null ? name : $"{name}({of})";
    }
}
