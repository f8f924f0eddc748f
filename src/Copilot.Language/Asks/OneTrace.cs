using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>A message about a single trace and nothing else: whatever is asked of it is answered by explaining it.</summary>
internal static class OneTrace
{
    /// <summary>Null where more is meant.</summary>
    public static QuestionPlan? Read(Sentence whole, InterpreterRequest request) =>
        whole.Tokens.Where(t => t.Kind == WordTokenKind.TraceId).ToList() is [var only]
        && !whole.Links.Any(l => l.Kind is not (LinkKind.Key or LinkKind.Value))
        && whole.Times.Count == 0
        && whole.MayMean(TraceAsks)
        && !whole.MayMean(OtherAsks)
        && Refusals.Read(whole.Part([(0, whole.Tokens.Count)]), true, within: true) is null
            ? new QuestionPlan
            {
                Kind = QuestionKind.Trace,
                AsOfNs = UnixNanos.From(request.AsOf),
                TraceId = only.Text,
            }
            : null;

    /// <summary>"critical path of the slowest X request": that trace is looked for, and explained.</summary>
    public static QuestionPlan OfSlowest(Sentence whole, QuestionPlan plan)
    {
        if (
            plan.More.Count > 0
            || !whole.MayMean(Concept.TimeGoes, Concept.Explain)
            || whole.MarksOf(Concept.Slowest).FirstOrDefault() is not { } slowest
            || !IsOne(whole, slowest)
        )
            return plan;
        var listed = plan.Kind switch
        {
            QuestionKind.TimeSpent => plan with
            {
                Kind = QuestionKind.Traces,
                Traces = new TraceSelection { Order = TraceOrder.Slowest, Limit = 1 },
            },
            QuestionKind.Traces when plan.Traces is { Order: TraceOrder.Slowest, Limit: 1 } => plan,
            _ => null,
        };
        return listed is null ? plan : listed with { More = [listed with { Kind = QuestionKind.Trace, Traces = null, AboutFound = true }] };
    }

    // "the slowest request", not "the slowest requests", nor "the 3 slowest".
    private static bool IsOne(Sentence whole, ConceptMark slowest) =>
        !whole.Tokens.Where(t => t.Kind == WordTokenKind.Number).Any()
        && whole.MarksOf(Concept.Request, Concept.Trace).All(m => m.Start < slowest.Start || !whole.Tokens[m.End - 1].Lower.EndsWith('s'));

    private static readonly Concept[] TraceAsks =
    [
        Concept.What,
        Concept.Why,
        Concept.Where,
        Concept.Which,
        Concept.Explain,
        Concept.TimeGoes,
        Concept.Cause,
        Concept.HowLong,
    ];

    // What is asked of more than the trace itself.
    private static readonly Concept[] OtherAsks =
    [
        Concept.Log,
        Concept.ErrorLog,
        Concept.LogVerb,
        Concept.Count,
        Concept.Owner,
        Concept.OnCall,
        Concept.Contact,
        Concept.Affected,
        Concept.Compare,
        Concept.ErrorText,
        Concept.StackTrace,
        Concept.Show,
        .. Intents.Changes,
    ];
}
