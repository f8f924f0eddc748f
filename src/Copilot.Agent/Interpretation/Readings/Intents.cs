using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Plans;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Interpretation.Subjects;
using Copilot.Agent.Interpretation.Times;
using Copilot.Agent.Interpretation.Tokens;
using Copilot.Agent.Questions;

namespace Copilot.Agent.Interpretation.Readings;

/// <summary>Scores what a question may be asking for, by the concepts it holds and how they stand to each other.</summary>
internal static class Intents
{
    private static readonly Concept[] Changes = [Concept.Change, Concept.Deploy, Concept.Rollback, Concept.Flag, Concept.Config, Concept.Scale];

    public static IReadOnlyList<Reading> Score(ReadingContext context)
    {
        var readings = new List<Reading>();
        void Add(QuestionKind kind, double score)
        {
            if (score > 0)
                readings.Add(new Reading(kind, score));
        }

        var s = context.Sentence;
        Add(QuestionKind.Trace, Trace(s));
        Add(QuestionKind.Comparison, Comparison(context));
        Add(QuestionKind.Breakdown, Breakdown(context));
        Add(QuestionKind.Logs, Logs(s));
        Add(QuestionKind.Owners, Owners(context));
        Add(QuestionKind.Involved, Involved(context));
        Add(QuestionKind.Changes, Change(context));
        Add(QuestionKind.Callers, Relations.Callers(context));
        Add(QuestionKind.Callees, Relations.Callees(context));
        Add(QuestionKind.Peers, Peers(context));
        Add(QuestionKind.Resources, ResourceReader.Read(s) is not null && !s.HasAny(Concept.Trace, Concept.Log, Concept.ErrorLog, Concept.Why, Concept.Cause, Concept.Owner) ? 0.95 : 0);
        Add(QuestionKind.Cause, Cause(context));
        Add(QuestionKind.Affected, Affected(context));
        Add(QuestionKind.Services, Services(context));
        Add(QuestionKind.Operations, Operations(context));
        Add(QuestionKind.Traces, Traces(context));
        Add(QuestionKind.Series, s.Has(Concept.OverTime) && (context.Measure is not null || s.HasAny(Concept.Failed, Concept.Latency, Concept.Traffic)) ? 0.87 : 0);
        Add(QuestionKind.Measure, Measured(context));
        Add(QuestionKind.Overview, Math.Max(Overview(context), Bare(context)));
        return [.. readings.OrderByDescending(r => r.Score)];
    }

    private static double Trace(Sentence s)
    {
        if (!s.Tokens.Any(t => t.Kind == TokenKind.TraceId))
            return 0;
        return s.HasAny(Concept.Log, Concept.ErrorLog) ? 0.7 : 0.96;
    }

    private static double Comparison(ReadingContext context)
    {
        var s = context.Sentence;
        var windows = WindowPlanner.Windows(s).Count;
        var measured = context.Measure is not null || s.HasAny(Concept.Slow, Concept.Failed, Concept.Latency, Concept.Traffic);
        if (UsualReader.Compares(context) || UsualReader.NewAndOld(context))
            return 0.96;
        if (WindowPlanner.Between(s) is not null && measured)
            return 0.95;
        if (ComparisonPlanner.ByStatus(context))
            return 0.95;
        // "why is it slower than between 9 and 10" asks for the reason; the other time is its baseline.
        if (s.Has(Concept.Why) && BaselineReader.Find(s) is not null)
            return 0;
        if (windows >= 2 && (measured || Counts(s)))
            return 0.95;
        if (windows == 1 && measured && s.Has(Concept.Compare) && s.Times.Any(t => t.Kind == TimeMentionKind.Shift))
            return 0.93;
        if (context.Anchor is { Before: not null, After: not null } && measured)
            return 0.95;
        var compares = s.HasAny(Concept.Compare) || s.HasWord("higher", "lower", "slower", "faster", "worse", "better") && s.HasWord("or", "oder") && s.HasWord("is", "are", "was", "were", "which", "where", "ist", "sind") || (s.Has(Concept.Than) || s.Has(Concept.Greater) && s.HasWord("than", "als")) && (s.HasAny(Concept.Which, Concept.Slow, Concept.Greater, Concept.Trouble, Concept.Up) || s.HasWord("better", "worse"));
        if (compares && (measured || s.Has(Concept.Trouble) || s.HasWord("better", "slower", "faster")) && context.Subject.Conditions.Any(c => c.Values.Count == 2))
            return 0.94;
        if (compares && context.Measure is not null && (context.Subject.Services.Count == 2 || context.Subject.Operations.Count == 2 || context.Subject.Conditions.Any(c => c.Values.Count == 2)))
            return 0.94;
        if (compares && context.Request.Previous?.Plan.Measure is not null && (s.Times.Any(t => t.Kind == TimeMentionKind.Shift) || s.HasAny(Concept.Earlier)))
            return 0.9;
        if (compares && context.Measure is not null && (s.Times.Any(t => t.Kind == TimeMentionKind.Shift) || s.HasAny(Concept.Earlier)))
            return 0.9;
        if (context.Measure is { Explicit: true } && windows + s.Times.Count(t => t.Kind is TimeMentionKind.Since) >= 1 && !s.HasAny(Concept.What, Concept.Which, Concept.Why, Concept.Cause) &&
            s.HasWord("change", "changed", "dropped", "drop", "decreased", "fell", "fallen", "improved", "improve", "worse", "better", "increased", "increase", "rose", "risen") && s.HasWord("did", "has", "have", "is", "was", "hat"))
            return 0.85;
        return context.Measure is { Explicit: true } && context.Subject.Services.Count == 2 && AreListed(s) ? 0.82 : 0;
    }

    // "fewer requests 8-9 than 7-8"
    private static bool Counts(Sentence s) => s.Has(Concept.Request) && s.HasWord("fewer", "less", "more");

    // "cart and checkout"; not "payment for big carts".
    private static bool AreListed(Sentence s)
    {
        var links = s.LinksOf(LinkKind.Service).Where(l => s.IsUsed(l.Start)).ToList();
        return links.Count > 1 && s.WordAt(links[1].Start - 1) is "and" or "or" or "," or "&" or "/" or "vs" or "versus" or "und" or "+" or "the" or "with" or "against" || links.Count > 1 && s.Tokens[links[1].Start].Glue == '/';
    }

    // "could you share the p95": to tell, not to have in common.
    private static bool IsAskedFor(Sentence s, ConceptMark mark) => s.WordAt(mark.Start) is "share" && mark.End == mark.Start + 1 && (mark.Start == 0 || s.WordAt(mark.Start - 1) is "you" or "kindly" or "please" or "pls" or "someone" or "somebody" or "to");

    private static double Breakdown(ReadingContext context)
    {
        var s = context.Sentence;
        // "which versions were deployed" asks for the deploys.
        if (s.HasAny(Concept.Deploy, Concept.Rollback) && context.Anchor is null && context.Measure is null && !s.HasAny(Concept.Failed, Concept.Slow, Concept.Slowest, Concept.Request) && context.Subject.Attributes.All(a => a.Keys[0].Key == "service.version"))
            return 0;
        var grouped = context.Subject.Attributes.Any(a => a.Grouping);
        var single = context.Subject.Attributes.Any(a => s.WordAt(a.Start - 1) is "one" or "single" or "bad" or "particular" or "specific" or "same" || s.ConceptAt(a.Start - 1)?.Concept == Concept.OneOf);
        // "distinct traces" only counts them.
        var differs = s.All(Concept.Differ).Any(d => s.ConceptAt(d.End)?.Concept is not Concept.Trace) && !s.Has(Concept.Compare);
        if (s.All(Concept.InCommon).Any(c => !IsAskedFor(s, c)) || differs)
            return s.HasAny(Concept.Failed, Concept.Slow, Concept.AboveAverage, Concept.Request, Concept.Trouble, Concept.Fine) || context.HasSubject || context.Request.Previous is not null ? 0.93 : 0;
        if (single)
            return 0.92;
        if (s.Has(Concept.BreakDown) && (context.Subject.Attributes.Count > 0 || context.HasSubject))
            return 0.91;
        if (grouped && s.HasAny(Concept.Slowest, Concept.Operation) && !s.HasAny(Concept.Failed) && context.Measure is not null)
            return 0.5;
        var asked = context.Subject.Attributes.Any(a => s.ConceptAt(a.Start - 1)?.Concept is Concept.Which or Concept.What or Concept.Top or Concept.Slowest or Concept.Busiest or Concept.MostFailing ||
            s.Tokens[Math.Max(0, a.Start - 1)].Kind == TokenKind.Number && s.ConceptAt(a.Start - 2)?.Concept is Concept.Top or Concept.Slowest or Concept.Busiest or Concept.MostFailing);
        return asked ? 0.91 : grouped ? 0.88 : 0;
    }

    private static double Logs(Sentence s)
    {
        if (s.Tokens.Any(t => t.Kind == TokenKind.TraceId))
            return s.HasAny(Concept.Log, Concept.ErrorLog) ? 0.9 : 0;
        if (s.HasAny(Concept.Trace) && s.HasAny(Concept.Log, Concept.ErrorLog, Concept.LogVerb))
            return 0.6;
        return s.HasAny(Concept.ErrorLog, Concept.LogVerb, Concept.WarningLog) ? 0.93 : s.Has(Concept.Log) ? 0.9 : 0;
    }

    private static double Owners(ReadingContext context)
    {
        var s = context.Sentence;
        var asks = s.HasAny(Concept.Owner, Concept.OnCall) || s.HasAny(Concept.Contact) || s.Has(Concept.Channel) && (s.HasAny(Concept.Who, Concept.What, Concept.Which, Concept.Where) || context.HasSubject);
        if (!asks && context.Subject.Teams.Count > 0 && !context.HasSubject && s.HasAny(Concept.Service) && !s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Affected) && context.Measure is null)
            return 0.85;
        if (!asks)
            return s.Has(Concept.Team) && (s.HasAny(Concept.Which, Concept.Who) || s.First(Concept.Team)!.Start == 0) && context.HasSubject && !s.HasAny(Concept.Failed, Concept.Slow, Concept.Cause) ? 0.8 : 0;
        // "it takes forever since 9, who is responsible?" looks for the culprit.
        if (!context.HasSubject && context.Request.Previous is null && s.Times.Count > 0 && s.HasAny(Concept.Slow, Concept.Failed) && s.HasWord("responsible", "accountable") && context.Subject.Teams.Count + context.Subject.People.Count == 0)
            return 0.5;
        if (s.HasAny(Concept.Overview) || IsResponsibleService(s) || s.HasAny(Concept.Cause) && s.HasAny(Concept.Service, Concept.Which) && !s.HasAny(Concept.Owner, Concept.OnCall))
            return 0.5;
        return context.HasSubject || context.Subject.Teams.Count + context.Subject.People.Count > 0 ? 0.9 : 0.84;
    }

    // "it keeps failing, which service is responsible?" asks for no team.
    private static bool IsResponsibleService(Sentence s) => s.HasWord("responsible") && s.HasAny(Concept.Which, Concept.What) && s.HasAny(Concept.Failed, Concept.Slow) &&
        s.All(Concept.Service).Any(c => s.ConceptAt(c.Start - 1)?.Concept is Concept.Which or Concept.What);

    private static double Involved(ReadingContext context)
    {
        var s = context.Sentence;
        var people = s.HasAny(Concept.Team, Concept.Who, Concept.Contact, Concept.Owner) || s.HasWord("who", "whom");
        if (s.Has(Concept.Involve) && people)
            return 0.94;
        var trouble = s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Affected);
        if (s.HasAny(Concept.Contact, Concept.OnCall) && !context.HasSubject && context.Request.Previous is null && trouble)
            return 0.89;
        if (s.Has(Concept.Team) && (s.Has(Concept.Affected) || (trouble || s.Has(Concept.Cause)) && s.HasWord("need", "needs", "needed", "require", "required", "brauche", "brauchen")))
            return 0.9;
        return 0;
    }

    private static double Change(ReadingContext context)
    {
        var s = context.Sentence;
        var mark = s.Concepts.FirstOrDefault(c => Changes.Contains(c.Concept));
        // "what did ada do today?"
        if (mark is null && context.Subject.People.Count > 0 && s.HasAny(Concept.What, Concept.Show) && s.HasWord("do", "did", "done", "ship", "push", "touch", "merge", "gemacht") && !s.HasAny(Concept.Owner, Concept.OnCall, Concept.Team))
            return 0.86;
        if (mark is null)
            return s.HasWord("anyone", "somebody", "someone") && s.HasWord("restart", "restarted", "migrate", "migrated", "push", "pushed") ? 0.8 : 0;
        if (context.Measure is { Explicit: true })
            return 0.4;
        // "failed requests since the release": the change only says from when.
        if (context.Anchor is not null && s.Concepts.Count(c => Changes.Contains(c.Concept)) == 1 && (context.Measure is not null || s.HasAny(Concept.Trace, Concept.Request, Concept.Log, Concept.ErrorLog)))
            return 0.4;
        var asked = s.Concepts.Any(c => c.Concept is Concept.What or Concept.Which or Concept.Show or Concept.Exist or Concept.Every or Concept.Newest or Concept.Who or Concept.Count && c.End <= mark.Start && mark.Start - c.End <= 3);
        if (s.HasAny(Concept.Service, Concept.Overall) && s.HasAny(Concept.Failed, Concept.Slow, Concept.Affected) && !asked)
            return 0.5;
        return asked ? 0.9 : s.HasAny(Concept.Why, Concept.Cause) && context.Anchor is not null ? 0.6 : 0.83;
    }

    private static double Cause(ReadingContext context)
    {
        var s = context.Sentence;
        // "what share of the requests came from the EU"
        if (context.Measure is { Measure: Measure.Share })
            return 0;
        if (s.Has(Concept.Cause) || IsResponsibleService(s))
            return 0.9;
        if (s.Has(Concept.Why))
            return s.Concepts.Count == 1 && !context.HasSubject && s.Times.Count == 0 && context.Request.Previous is null && s.Ignored().Count == 0 ? 0 : 0.87;
        // "p95 exploded at 9, is it us or the payment provider?"
        if (IsOurs(s))
            return 0.86;
        if (s.Has(Concept.Where) && s.HasWord("come", "comes", "came", "coming", "originate", "originates", "start", "starts", "stem") && s.HasAny(Concept.Failed, Concept.Slow, Concept.Latency, Concept.Trouble))
            return 0.88;
        if (s.HasAny(Concept.Callees, Concept.Third) && s.HasAny(Concept.Failed, Concept.Slow) && s.HasAny(Concept.Which, Concept.What, Concept.Who))
            return 0.86;
        // A pasted alert asks what lies behind it.
        var alert = s.HasWord("firing", "alert", "alarm", "alertname", "triggered", "alerting", "pagerduty", "opsgenie", "critical");
        return alert && context.HasSubject && (context.Measure is not null || s.HasAny(Concept.Failed, Concept.Slow, Concept.Latency)) &&
            !s.HasAny(Concept.Which, Concept.Who, Concept.What, Concept.Show, Concept.Count, Concept.Exist) ? 0.86 : 0;
    }

    // "is it us or the payment provider?", "our fault or the vendor's?"
    private static bool IsOurs(Sentence s) => s.Has(Concept.Third) && (s.Has(Concept.Up) && s.HasWord("us") || s.HasWord("fault") && s.HasWord("our", "ours", "us", "theirs"));

    // "is the database slow?", "which external api is slowest": asked of what sends no spans, so answered from its callers' side.
    private static double Peers(ReadingContext context)
    {
        var s = context.Sentence;
        if (PeerReader.Read(s) is not { } peers || s.HasAny(Concept.Why, Concept.Cause, Concept.Trace, Concept.Log, Concept.ErrorLog, Concept.Owner, Concept.OnCall, Concept.Contact, Concept.Affected, Concept.Calls, Concept.Callers) ||
            s.HasAny(Concept.Change, Concept.Deploy, Concept.Count, Concept.BreakDown, Concept.InCommon) || context.Subject.Operations.Count > 0 || IsOurs(s))
        {
            return 0;
        }

        var about = s.HasAny(Concept.Slow, Concept.Slowest, Concept.Latency, Concept.Failed, Concept.MostFailing, Concept.Fine, Concept.Overview, Concept.Trouble, Concept.ErrorRate) || context.Measure is not null ||
            s.HasAny(Concept.Which, Concept.Show, Concept.Every) && peers.Peers.Systems.Count == 0;
        return about ? 0.94 : 0;
    }

    private static double Affected(ReadingContext context)
    {
        var s = context.Sentence;
        var bad = s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Up);
        if (s.Has(Concept.Affected))
            return s.HasAny(Concept.Service, Concept.Who, Concept.What, Concept.Which, Concept.Show) || bad || s.Concepts.Count < 4 ? 0.89 : 0.8;
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
        if (s.Has(Concept.By) && (context.Measure is not null || s.HasAny(Concept.Failed, Concept.Request, Concept.Latency)) && !s.HasAny(Concept.Affected, Concept.Cause))
            return 0.92;
        if (s.HasAny(Concept.Top, Concept.Maximum) && s.HasAny(Concept.Failed, Concept.Slow, Concept.Traffic, Concept.Latency, Concept.Request) && !s.Has(Concept.Affected))
            return 0.91;
        if (context.Measure is not null && s.HasAny(Concept.Maximum, Concept.Top, Concept.Most, Concept.Minimum, Concept.Greater, Concept.Less))
            return 0.92;
        if ((s.HasAny(Concept.Which, Concept.What, Concept.Show) || s.HasWord("with")) && s.Has(Concept.Failed) && (s.Has(Concept.Request) || s.HasWord("have", "had", "has", "with")))
            return s.Has(Concept.Affected) ? 0.6 : 0.86;
        return context.Subject.Services.Count == 0 && s.HasAny(Concept.Show, Concept.Which, Concept.What, Concept.Every, Concept.Count) && s.Concepts.Count <= 5 && !s.HasAny(Concept.Failed, Concept.Slow, Concept.Cause, Concept.Affected, Concept.Trouble) ? 0.66 : 0;
    }

    private static double Operations(ReadingContext context)
    {
        var s = context.Sentence;
        if (!s.HasAny(Concept.Operation))
        {
            return s.HasAny(Concept.MostFailing, Concept.Slowest, Concept.Busiest) && context.HasSubject && !s.HasAny(Concept.Trace, Concept.Request, Concept.Service, Concept.Span) && context.Subject.Attributes.Count == 0 ? 0.62 : 0;
        }

        if (s.HasAny(Concept.MostFailing, Concept.Slowest, Concept.Busiest, Concept.Fastest, Concept.Least, Concept.Noisiest, Concept.Top, Concept.Most))
            return 0.93;
        if (context.Measure is not null && (s.HasAny(Concept.Maximum, Concept.Minimum, Concept.Which, Concept.Show, Concept.Greater) || s.HasAny(Concept.By)))
            return 0.9;
        return s.HasAny(Concept.Failed, Concept.Slow, Concept.AboveAverage) && s.HasAny(Concept.Which, Concept.What, Concept.Show) ? 0.87 : s.HasAny(Concept.Which, Concept.What, Concept.Show, Concept.Every) && (context.HasSubject || context.Subject.Conditions.Count > 0) ? 0.7 : 0;
    }

    private static double Traces(ReadingContext context)
    {
        var s = context.Sentence;
        if (s.Tokens.Any(t => t.Kind == TokenKind.TraceId))
            return 0;
        var state = s.HasAny(Concept.Failed, Concept.Slow, Concept.AboveAverage, Concept.BelowAverage, Concept.Fine, Concept.Slowest, Concept.Fastest, Concept.Greater, Concept.Less, Concept.AtLeast);
        var count = s.HasAny(Concept.Count);
        if (s.Has(Concept.Trace) && Relations.Callers(context) > 0.8)
            return 0.8;
        if (s.Has(Concept.Trace))
            return count && !s.HasAny(Concept.Show) ? 0.5 : s.HasAny(Concept.Log, Concept.ErrorLog) ? 0.95 : 0.86;
        if (s.HasAny(Concept.Root) && s.HasAny(Concept.Below))
            return 0.85;
        if (s.HasAny(Concept.Slowest, Concept.Fastest) && s.Has(Concept.Request))
            return 0.85;
        var lists = s.HasAny(Concept.Show, Concept.Which, Concept.Every, Concept.Exist, Concept.What);
        if (s.Has(Concept.Request) && state && lists && !count)
            return 0.84;
        // "requests slower than 1.2 s" are listed; "how many" counts them.
        if (s.Has(Concept.Request) && s.HasAny(Concept.Greater, Concept.Less, Concept.AtLeast) && !count && context.Measure is not { Explicit: true } && s.Tokens.Any(t => t.Kind == TokenKind.Duration) && context.Subject.Conditions.Count == 0)
            return 0.82;
        if (s.HasAny(Concept.Slow, Concept.AboveAverage) && s.HasAny(Concept.Failed) && s.Has(Concept.Request) && !count && !s.HasAny(Concept.Why, Concept.Cause))
            return 0.83;
        // "failed + slow, checkout, since 9"
        if (s.First(Concept.Failed) is { } failed && (s.First(Concept.Slow) ?? s.First(Concept.AboveAverage)) is { } slow && !count && !s.HasAny(Concept.Why, Concept.Cause) &&
            s.WordAt(Math.Min(failed.End, slow.End)) is "+" or "&" && Math.Max(failed.Start, slow.Start) == Math.Min(failed.End, slow.End) + 1)
            return 0.83;
        if (s.HasAny(Concept.AboveAverage) && (lists || s.HasAny(Concept.Request, Concept.Failed)) && !count)
            return 0.83;
        return state && s.HasAny(Concept.Show) && !count && !s.HasAny(Concept.Service, Concept.Operation) && context.Measure is null ? 0.8 : 0;
    }

    private static double Measured(ReadingContext context) => context.Measure switch
    {
        { Explicit: true } => 0.81,
        not null when context.Sentence.HasAny(Concept.Count) => 0.85,
        not null => 0.64,
        _ => 0,
    };

    // "payment", "show me payment", "tell me about payment": how it fares.
    private static double Bare(ReadingContext context)
    {
        var s = context.Sentence;
        return context.Request.Previous is null && context.Subject is { Services.Count: 1, Operations.Count: 0, Conditions.Count: 0, Attributes.Count: 0, Ambiguous.Count: 0 } && context.Measure is null &&
            s.Concepts.All(c => c.Concept is Concept.Show or Concept.What or Concept.Service or Concept.Explain or Concept.Overview or Concept.Fine or Concept.Overall or Concept.Newest) &&
            Enumerable.Range(0, s.Tokens.Count).All(i => s.IsUsed(i) || s.TimeAt(i) is not null || s.ConceptAt(i) is not null || s.Tokens[i].Kind == TokenKind.Symbol || FillerWords.IsFiller(s.Tokens[i].Lower)) ? 0.62 : 0;
    }

    private static double Overview(ReadingContext context)
    {
        var s = context.Sentence;
        if (!context.HasSubject && context.Request.Previous is null && (s.HasAny(Concept.Owner, Concept.Contact, Concept.OnCall) && s.HasAny(Concept.Cause, Concept.Overview) ||
            s.HasWord("responsible", "accountable") && s.Times.Count > 0 && s.HasAny(Concept.Slow, Concept.Failed) && !s.HasAny(Concept.Service, Concept.Which, Concept.Cause)))
            return 0.95;
        if (s.Has(Concept.Overview) && !(context.Measure is { Explicit: true } && !s.HasAny(Concept.What, Concept.Who)) && !s.HasAny(Concept.Count))
            return s.HasAny(Concept.Who, Concept.Owner) ? 0.93 : context.HasSubject ? 0.79 : 0.82;
        if (context.HasSubject && s.HasAny(Concept.Fine) && s.HasWord("is", "are", "ist", "sind"))
            return 0.79;
        var bad = s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble);
        var asks = s.Times.Count > 0 || s.HasAny(Concept.Exist, Concept.What, Concept.Which, Concept.Who, Concept.Where, Concept.Overall) || s.HasWord("is", "are", "did", "does", "something", "anything", "everything", "nothing");
        return bad ? context.HasSubject ? 0.58 : asks ? 0.5 : 0.4 : 0;
    }
}
