using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>The traces of one thing that is named by its id.</summary>
internal static partial class TraceReader
{
    /// <summary>What measures, counts or tells something else about one thing.</summary>
    private static readonly Concept[] Told =
    [
        Concept.Count,
        Concept.Share,
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.Throughput,
        Concept.Percentile,
        Concept.Median,
        Concept.Mean,
        Concept.HowLong,
        Concept.Latency,
        Concept.By,
        Concept.BreakDown,
        Concept.Owner,
        Concept.OnCall,
        Concept.Contact,
        Concept.Compare,
        Concept.Log,
        Concept.ErrorLog,
        Concept.WarningLog,
        Concept.ErrorText,
        Concept.StackTrace,
        Concept.Plot,
        Concept.Span,
    ];

    /// <summary>"what happened to order 1006?", "why did booking X7J2KQ fail?": the traces of one thing, where nothing of them is
    /// measured.</summary>
    public static QuestionPlan? OfOneThing(ReadingContext context)
    {
        var s = context.Sentence;
        // "why did it fail?", of the one thing that was asked about before
        if (
            context.Request.Previous?.Plan is { Kind: QuestionKind.Traces } before
            && before.Conditions.Any(Identifiers.AreTold)
            && s.HasAny(Concept.Why)
            && s.HasAny(Concept.Pronoun)
            && context is { HasSubject: false, Subject.Conditions.Count: 0 }
        )
        {
            s.Use(0, s.Tokens.Count);
            return before with { Traces = new TraceSelection(), More = [], Ignored = [] };
        }

        if (!context.Subject.Conditions.Any(Identifiers.AreTold) || s.MayMean(Told) || s.HasAny(Concept.Cause, Concept.Affected))
            return null;
        var why = s.MarksOf(Concept.Why, Concept.Trouble, Concept.Explain, Concept.Overview).ToList();
        foreach (var mark in why)
            s.Use(mark);
        var plan = Plan(context, DurationConditions.Bounds(context), null, true);
        if (why.Count > 0)
            return plan with { Traces = new TraceSelection { Order = plan.Traces!.Order } };
        // "was order 1006 slow?" is told by its traces, however long they are.
        return s.MayMean(Concept.Trace, Concept.Request) ? plan : plan with { Traces = plan.Traces! with { Slow = false } };
    }
}
