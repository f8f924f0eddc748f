using Copilot.Language.Lexicon;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Readings;

/// <summary>Questions for break-downs, logs, owners and changes.</summary>
internal static partial class Intents
{
    private static double Breakdown(ReadingContext context)
    {
        var s = context.Sentence;
        // "which versions were deployed" asks for the deploys.
        if (
            s.HasAny(Concept.Deploy, Concept.Rollback)
            && context.Anchor is null
            && context.Measure is null
            && !s.HasAny(Concept.Failed, Concept.Slow, Concept.Slowest, Concept.Request)
            && context.Subject.Attributes.All(a => a.Keys[0].Key == "service.version")
        )
            return 0;
        // "which services call checkout, apart from cart?"
        if (Relations.Callers(context) > 0 && context.Subject.Attributes.All(a => a.Keys[0].Key == "service.name"))
            return 0;
        // "called by the customer portal" splits nothing by customer.
        var grouped = context.Subject.Attributes.Any(a =>
            a.Grouping && !s.LinksOf(Linking.LinkKind.Service).Any(l => l.Start <= a.Start + 2 && a.Start < l.End)
        );
        var single = context.Subject.Attributes.Any(a =>
            s.WordAt(a.Start - 1) is "one" or "single" or "bad" or "particular" or "specific" or "same"
            || s.ConceptAt(a.Start - 1)?.Concept == Concept.OneOf
        );
        // "distinct traces" only counts them.
        var differs = s.All(Concept.Differ).Any(d => s.ConceptAt(d.End)?.Concept is not Concept.Trace) && !s.Has(Concept.Compare);
        if (s.All(Concept.InCommon).Any(c => !IsAskedFor(s, c)) || differs)
            return
                s.HasAny(Concept.Failed, Concept.Slow, Concept.AboveAverage, Concept.Request, Concept.Trouble, Concept.Fine)
                || context.HasSubject
                || context.Request.Previous is not null
                ? 0.93
                : 0;
        if (single)
            return 0.92;
        if (s.Has(Concept.BreakDown) && (context.Subject.Attributes.Count > 0 || context.HasSubject))
            return 0.91;
        if (grouped && s.HasAny(Concept.Slowest, Concept.Operation) && !s.HasAny(Concept.Failed) && context.Measure is not null)
            return 0.5;
        var asked = context.Subject.Attributes.Any(a =>
            s.ConceptAt(a.Start - 1)?.Concept
                is Concept.Which
                    or Concept.What
                    or Concept.Top
                    or Concept.Slowest
                    or Concept.Busiest
                    or Concept.MostFailing
            || s.Tokens[Math.Max(0, a.Start - 1)].Kind == WordTokenKind.Number
                && s.ConceptAt(a.Start - 2)?.Concept is Concept.Top or Concept.Slowest or Concept.Busiest or Concept.MostFailing
        );
        return asked ? 0.91
            : grouped ? 0.88
            : 0;
    }

    private static double Logs(Sentence s)
    {
        if (s.Tokens.Any(t => t.Kind == WordTokenKind.TraceId))
            return s.HasAny(Concept.Log, Concept.ErrorLog) ? 0.9 : 0;
        if (s.HasAny(Concept.Trace) && s.HasAny(Concept.Log, Concept.ErrorLog, Concept.LogVerb))
            return 0.6;
        return s.HasAny(Concept.ErrorLog, Concept.LogVerb, Concept.WarningLog) ? 0.93
            : s.Has(Concept.Log) ? 0.9
            : 0;
    }

    private static double Owners(ReadingContext context)
    {
        var s = context.Sentence;
        var asks =
            s.HasAny(Concept.Owner, Concept.OnCall)
            || s.HasAny(Concept.Contact)
            || s.Has(Concept.Channel) && (s.HasAny(Concept.Who, Concept.What, Concept.Which, Concept.Where) || context.HasSubject);
        if (
            !asks
            && context.Subject.Teams.Count > 0
            && !context.HasSubject
            && s.HasAny(Concept.Service)
            && !s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Affected)
            && context.Measure is null
        )
            return 0.85;
        if (!asks)
            return
                s.Has(Concept.Team)
                && (s.HasAny(Concept.Which, Concept.Who) || s.First(Concept.Team)!.Start == 0)
                && context.HasSubject
                && !s.HasAny(Concept.Failed, Concept.Slow, Concept.Cause)
                ? 0.8
                : 0;
        // "it takes forever since 9, who is responsible?" looks for the culprit.
        if (
            !context.HasSubject
            && context.Request.Previous is null
            && s.Times.Count > 0
            && s.HasAny(Concept.Slow, Concept.Failed)
            && s.HasWord("responsible", "accountable")
            && context.Subject.Teams.Count + context.Subject.People.Count == 0
        )
            return 0.5;
        if (
            s.HasAny(Concept.Overview)
            || IsResponsibleService(s)
            || s.HasAny(Concept.Cause) && s.HasAny(Concept.Service, Concept.Which) && !s.HasAny(Concept.Owner, Concept.OnCall)
        )
            return 0.5;
        return context.HasSubject || context.Subject.Teams.Count + context.Subject.People.Count > 0 ? 0.9 : 0.84;
    }

    // "it keeps failing, which service is responsible?" asks for no team.
    private static bool IsResponsibleService(Sentence s) =>
        s.HasWord("responsible")
        && s.HasAny(Concept.Which, Concept.What)
        && s.HasAny(Concept.Failed, Concept.Slow, Concept.Latency, Concept.Trouble, Concept.Up)
        && s.All(Concept.Service).Any(c => s.ConceptAt(c.Start - 1)?.Concept is Concept.Which or Concept.What);

    private static double Involved(ReadingContext context)
    {
        var s = context.Sentence;
        var people = s.HasAny(Concept.Team, Concept.Who, Concept.Contact, Concept.Owner) || s.HasWord("who", "whom");
        if (s.Has(Concept.Involve) && people)
            return 0.94;
        var trouble = s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Affected);
        if (s.HasAny(Concept.Contact, Concept.OnCall) && !context.HasSubject && context.Request.Previous is null && trouble)
            return 0.89;
        if (
            s.Has(Concept.Team)
            && (
                s.Has(Concept.Affected)
                || (trouble || s.Has(Concept.Cause)) && s.HasWord("need", "needs", "needed", "require", "required", "brauche", "brauchen")
            )
        )
            return 0.9;
        return 0;
    }

    private static double Change(ReadingContext context)
    {
        var s = context.Sentence;
        var mark = s.Concepts.FirstOrDefault(c => Changes.Contains(c.Concept));
        // "what did ada do today?"
        if (
            mark is null
            && context.Subject.People.Count > 0
            && s.HasAny(Concept.What, Concept.Show)
            && s.HasWord("do", "did", "done", "ship", "push", "touch", "merge", "gemacht")
            && !s.HasAny(Concept.Owner, Concept.OnCall, Concept.Team)
        )
            return 0.86;
        if (mark is null)
            return s.HasWord("anyone", "somebody", "someone") && s.HasWord("restart", "restarted", "migrate", "migrated", "push", "pushed")
                ? 0.8
                : 0;
        if (context.Measure is { Explicit: true })
            return 0.4;
        // "did anyone touch X before it blew up?"
        if (s.MarksOf(Concept.Do).Any(m => m.Start == 0) && s.MeansAt(1, Concept.Person))
            return 0.95;
        // "failed requests since the release": the change only says from when.
        if (
            context.Anchor is not null
            && s.Concepts.Count(c => Changes.Contains(c.Concept)) == 1
            && (context.Measure is not null || s.HasAny(Concept.Trace, Concept.Request, Concept.Log, Concept.ErrorLog))
        )
            return 0.4;
        var asked = s.Concepts.Any(c =>
            c.Concept
                is Concept.What
                    or Concept.Which
                    or Concept.Show
                    or Concept.Exist
                    or Concept.Every
                    or Concept.Newest
                    or Concept.Who
                    or Concept.Count
            && c.End <= mark.Start
            && mark.Start - c.End <= 3
        );
        if (s.HasAny(Concept.Service, Concept.Overall) && s.HasAny(Concept.Failed, Concept.Slow, Concept.Affected) && !asked)
            return 0.5;
        return asked ? 0.9
            : s.HasAny(Concept.Why, Concept.Cause) && context.Anchor is not null ? 0.6
            : 0.83;
    }
}
