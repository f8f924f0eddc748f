using Copilot.Language.Lexicon;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Plans;

/// <summary>Which traces are meant.</summary>
internal static class TraceSelections
{
    public static TraceSelection Read(ReadingContext context)
    {
        var s = context.Sentence;
        var (min, max) = DurationConditions.Bounds(context);
        // "although the root span was ok"
        var fineRoot =
            s.First(Concept.Root) is { } root
            && s.All(Concept.Fine).Any(f => Math.Abs(f.Start - root.End) <= 3 || Math.Abs(root.Start - f.End) <= 3)
            && s.Has(Concept.Failed);
        var below = fineRoot || s.HasAny(Concept.Root) && s.HasAny(Concept.Below) && s.HasAny(Concept.Fine, Concept.Failed);
        var fine = !below && s.HasAny(Concept.Fine) && !Denied(s);
        var failed =
            !below
            && (s.HasAny(Concept.Failed, Concept.MostFailing) || s.HasAny(Concept.ErrorLog) && !s.HasAny(Concept.Log))
            && !(fine && !s.HasAny(Concept.Failed));
        var slow = s.HasAny(Concept.AboveAverage) || s.HasAny(Concept.Slow) && min is null;
        var text = LogSelections.Text(s);
        var byLog = text is not null && s.HasAny(Concept.Log, Concept.ErrorLog, Concept.LogVerb);
        var selection = new TraceSelection
        {
            Failed = failed && !fine || failed && s.HasAny(Concept.Failed) && !Succeeded(s),
            Succeeded = fine && !failed,
            FailedAtService = failed && !s.HasAny(Concept.Trace) && !slow && context.HasSubject,
            Slow = slow,
            LongerThan = min,
            ShorterThan = max,
            RootFineButFailedBelow = below,
            Order = Order(s),
            Limit = Rankings.Limit(s),
            LogText = byLog ? text : null,
            LogSeverity = byLog && s.HasAny(Concept.ErrorLog) ? 17 : null,
        };
        if (byLog)
            UseQuoted(s);
        s.Use(
            Concept.Trace,
            Concept.Request,
            Concept.Show,
            Concept.Which,
            Concept.Failed,
            Concept.Slow,
            Concept.AboveAverage,
            Concept.Fine,
            Concept.Every,
            Concept.Exist,
            Concept.Slowest,
            Concept.Fastest,
            Concept.Newest,
            Concept.Oldest,
            Concept.Count,
            Concept.What,
            Concept.Top,
            Concept.Span,
            Concept.MostFailing
        );
        if (below)
            s.Use(Concept.Root, Concept.Below);
        if (byLog)
            s.Use(Concept.Log, Concept.ErrorLog, Concept.LogVerb, Concept.Contains);
        return selection;
    }

    // "no errors", but not "are there no errors at all?": what is denied is still what is looked for.
    private static bool Denied(Sentence s) => s.HasAny(Concept.Failed) && s.HasAny(Concept.Exist);

    private static bool Succeeded(Sentence s) => s.HasAny(Concept.Fine) && !s.HasAny(Concept.Failed);

    private static TraceOrder Order(Sentence s)
    {
        if (s.HasAny(Concept.Slowest) || s.First(Concept.Maximum) is { } max && s.WordAt(max.Start) is "longest" or "highest")
            return TraceOrder.Slowest;
        if (s.HasAny(Concept.Fastest))
            return TraceOrder.Fastest;
        if (s.HasAny(Concept.MostFailing))
            return TraceOrder.MostErrors;
        return s.HasAny(Concept.Oldest) ? TraceOrder.Oldest : TraceOrder.Newest;
    }

    private static void UseQuoted(Sentence s)
    {
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (s.Tokens[i].Kind == WordTokenKind.Quoted)
                s.Use(i, i + 1);
        }
    }
}
