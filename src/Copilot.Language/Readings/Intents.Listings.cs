using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Readings;

/// <summary>Questions for causes, peers, services, operations and traces.</summary>
internal static partial class Intents
{
    private static double Cause(ReadingContext context)
    {
        var s = context.Sentence;
        // "what share of the requests came from the EU"
        if (context.Measure is { Measure: Measure.Share })
            return 0;
        if (s.Has(Concept.Cause) || IsResponsibleService(s))
            return 0.9;
        if (s.Has(Concept.Why))
            return
                s.Concepts.Count == 1
                && !context.HasSubject
                && s.Times.Count == 0
                && context.Request.Previous is null
                && s.Ignored().Count == 0
                ? 0
                : 0.87;
        // "p95 exploded at 9, is it us or the payment provider?"
        if (IsOurs(s))
            return 0.86;
        if (
            s.Has(Concept.Where)
            && s.HasWord("come", "comes", "came", "coming", "originate", "originates", "start", "starts", "stem")
            && s.HasAny(Concept.Failed, Concept.Slow, Concept.Latency, Concept.Trouble)
        )
            return 0.88;
        if (
            s.HasAny(Concept.Callees, Concept.Third)
            && s.HasAny(Concept.Failed, Concept.Slow)
            && s.HasAny(Concept.Which, Concept.What, Concept.Who)
        )
            return 0.86;
        // A pasted alert asks what lies behind it.
        var alert = s.HasWord("firing", "alert", "alarm", "alertname", "triggered", "alerting", "pagerduty", "opsgenie", "critical");
        return
            alert
            && context.HasSubject
            && (context.Measure is not null || s.HasAny(Concept.Failed, Concept.Slow, Concept.Latency))
            && !s.HasAny(Concept.Which, Concept.Who, Concept.What, Concept.Show, Concept.Count, Concept.Exist)
            ? 0.86
            : 0;
    }

    // "is it us or the payment provider?", "our fault or the vendor's?"
    private static bool IsOurs(Sentence s) =>
        s.Has(Concept.Third) && (s.Has(Concept.Up) && s.HasWord("us") || s.HasWord("fault") && s.HasWord("our", "ours", "us", "theirs"));

    // "p75 of X requests that missed the cache": a figure of that service, for some of its requests.
    private static bool IsOfRequests(Sentence s) =>
        s.HasAny(Concept.Percentile, Concept.Mean, Concept.Median)
        && s.MarksOf(Concept.Request)
            .Any(m => s.LinkAt(m.Start - 1) is { Kind: Linking.LinkKind.Service } && s.MeansAt(m.End, Concept.Pronoun));

    // "is the database slow?", "which external api is slowest": asked of what sends no spans, so answered from its callers' side.
    private static double Peers(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            PeerReader.Read(s) is not { } peers
            || s.HasAny(
                Concept.Why,
                Concept.Cause,
                Concept.Trace,
                Concept.Log,
                Concept.ErrorLog,
                Concept.Owner,
                Concept.OnCall,
                Concept.Contact,
                Concept.Affected,
                Concept.Calls,
                Concept.Callers
            )
            || s.HasAny(Concept.Change, Concept.Deploy, Concept.Count, Concept.BreakDown, Concept.InCommon)
            || context.Subject.Operations.Count > 0
            || IsOfRequests(s)
            || IsOurs(s)
        )
        {
            return 0;
        }

        var about =
            s.HasAny(
                Concept.Slow,
                Concept.Slowest,
                Concept.Latency,
                Concept.Failed,
                Concept.MostFailing,
                Concept.Fine,
                Concept.Overview,
                Concept.Trouble,
                Concept.ErrorRate
            )
            || context.Measure is not null
            || s.HasAny(Concept.Which, Concept.Show, Concept.Every) && peers.Peers.Systems.Count == 0;
        return about ? 0.94 : 0;
    }

    private static double Affected(ReadingContext context)
    {
        var s = context.Sentence;
        var bad = s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Up);
        // "which services did that deploy hurt?"
        if (s.Has(Concept.Affected) && s.MarksOf(Concept.Which, Concept.What).Any(m => s.MeansAt(m.End, Concept.Service)))
            return 0.93;
        if (s.Has(Concept.Affected))
            return s.HasAny(Concept.Service, Concept.Who, Concept.What, Concept.Which, Concept.Show) || bad || s.Concepts.Count < 4
                ? 0.89
                : 0.8;
        if (!s.HasAny(Concept.Service, Concept.Overall) || s.HasAny(Concept.Log))
            return 0;
        if (s.Has(Concept.Service) && s.Has(Concept.Up) && !context.HasSubject)
            return 0.9;
        // "which services have failed requests" counts; "which services got slow" compares.
        if (context.Measure is not null || s.Has(Concept.Request) && s.Has(Concept.Failed))
            return 0.7;
        return bad && s.HasAny(Concept.Which, Concept.What, Concept.Overall, Concept.Exist, Concept.Show, Concept.Service) ? 0.84 : 0;
    }

    private static double Services(ReadingContext context)
    {
        var s = context.Sentence;
        if (!s.HasAny(Concept.Service) || s.HasAny(Concept.Trace))
            return s.Has(Concept.Noisiest) ? 0.86 : 0;
        if (s.HasAny(Concept.Noisiest, Concept.MostFailing, Concept.Busiest, Concept.Slowest, Concept.Fastest, Concept.Least))
            return 0.92;
        if (
            s.Has(Concept.By)
            && (context.Measure is not null || s.HasAny(Concept.Failed, Concept.Request, Concept.Latency))
            && !s.HasAny(Concept.Affected, Concept.Cause)
        )
            return 0.92;
        if (
            s.HasAny(Concept.Top, Concept.Maximum)
            && s.HasAny(Concept.Failed, Concept.Slow, Concept.Traffic, Concept.Latency, Concept.Request)
            && !s.Has(Concept.Affected)
        )
            return 0.91;
        if (
            context.Measure is not null
            && s.HasAny(Concept.Maximum, Concept.Top, Concept.Most, Concept.Minimum, Concept.Greater, Concept.Less)
        )
            return 0.92;
        if (
            (s.HasAny(Concept.Which, Concept.What, Concept.Show) || s.HasWord("with"))
            && s.Has(Concept.Failed)
            && (s.Has(Concept.Request) || s.HasWord("have", "had", "has", "with"))
        )
            return s.Has(Concept.Affected) ? 0.6 : 0.86;
        return
            context.Subject.Services.Count == 0
            && s.HasAny(Concept.Show, Concept.Which, Concept.What, Concept.Every, Concept.Count)
            && s.Concepts.Count <= 5
            && !s.HasAny(Concept.Failed, Concept.Slow, Concept.Cause, Concept.Affected, Concept.Trouble)
            ? 0.66
            : 0;
    }

    private static double Operations(ReadingContext context)
    {
        var s = context.Sentence;
        if (!s.HasAny(Concept.Operation))
        {
            return
                s.HasAny(Concept.MostFailing, Concept.Slowest, Concept.Busiest)
                && context.HasSubject
                && !s.HasAny(Concept.Trace, Concept.Request, Concept.Service, Concept.Span)
                && context.Subject.Attributes.Count == 0
                ? 0.62
                : 0;
        }

        if (
            s.HasAny(
                Concept.MostFailing,
                Concept.Slowest,
                Concept.Busiest,
                Concept.Fastest,
                Concept.Least,
                Concept.Noisiest,
                Concept.Top,
                Concept.Most
            )
        )
            return 0.93;
        if (
            context.Measure is not null
            && (s.HasAny(Concept.Maximum, Concept.Minimum, Concept.Which, Concept.Show, Concept.Greater) || s.HasAny(Concept.By))
        )
            return 0.9;
        return s.HasAny(Concept.Failed, Concept.Slow, Concept.AboveAverage) && s.HasAny(Concept.Which, Concept.What, Concept.Show) ? 0.87
            : s.HasAny(Concept.Which, Concept.What, Concept.Show, Concept.Every)
            && (context.HasSubject || context.Subject.Conditions.Count > 0)
                ? 0.7
            : 0;
    }

    private static double Traces(ReadingContext context)
    {
        var s = context.Sentence;
        if (s.Tokens.Any(t => t.Kind == WordTokenKind.TraceId))
            return 0;
        var state = s.HasAny(
            Concept.Failed,
            Concept.Slow,
            Concept.AboveAverage,
            Concept.BelowAverage,
            Concept.Fine,
            Concept.Slowest,
            Concept.Fastest,
            Concept.Greater,
            Concept.Less,
            Concept.AtLeast
        );
        var count = s.HasAny(Concept.Count);
        if (s.Has(Concept.Trace) && Relations.Callers(context) > 0.8)
            return 0.8;
        if (s.Has(Concept.Trace))
            return count && !s.HasAny(Concept.Show) ? 0.5
                : s.HasAny(Concept.Log, Concept.ErrorLog) ? 0.95
                : 0.86;
        if (s.HasAny(Concept.Root) && s.HasAny(Concept.Below))
            return 0.85;
        if (s.HasAny(Concept.Slowest, Concept.Fastest) && s.Has(Concept.Request))
            return 0.85;
        var lists = s.HasAny(Concept.Show, Concept.Which, Concept.Every, Concept.Exist, Concept.What);
        if (s.Has(Concept.Request) && state && lists && !count)
            return 0.84;
        // "requests slower than 1.2 s" are listed; "how many" counts them.
        if (
            s.Has(Concept.Request)
            && s.HasAny(Concept.Greater, Concept.Less, Concept.AtLeast)
            && !count
            && context.Measure is not { Explicit: true }
            && s.Tokens.Any(t => t.Kind == WordTokenKind.Duration)
            && context.Subject.Conditions.Count == 0
        )
            return 0.82;
        if (
            s.HasAny(Concept.Slow, Concept.AboveAverage)
            && s.HasAny(Concept.Failed)
            && s.Has(Concept.Request)
            && !count
            && !s.HasAny(Concept.Why, Concept.Cause)
        )
            return 0.83;
        // "failed + slow, checkout, since 9"
        if (
            s.First(Concept.Failed) is { } failed
            && (s.First(Concept.Slow) ?? s.First(Concept.AboveAverage)) is { } slow
            && !count
            && !s.HasAny(Concept.Why, Concept.Cause)
            && s.WordAt(Math.Min(failed.End, slow.End)) is "+" or "&"
            && Math.Max(failed.Start, slow.Start) == Math.Min(failed.End, slow.End) + 1
        )
            return 0.83;
        if (s.HasAny(Concept.AboveAverage) && (lists || s.HasAny(Concept.Request, Concept.Failed)) && !count)
            return 0.83;
        return state && s.HasAny(Concept.Show) && !count && !s.HasAny(Concept.Service, Concept.Operation) && context.Measure is null
            ? 0.8
            : 0;
    }
}
