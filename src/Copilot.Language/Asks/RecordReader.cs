using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>What the catalogue tells beside owners: services that nobody owns, runbooks. And where the time of requests goes.</summary>
internal static class RecordReader
{
    /// <summary>What asks for a number, a cause or a person, however it names a runbook or an owner beside it.</summary>
    private static readonly Concept[] Others =
    [
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.Percentile,
        Concept.Median,
        Concept.Mean,
        Concept.Throughput,
        Concept.Compare,
        Concept.Trace,
        Concept.Log,
        Concept.ErrorLog,
        Concept.Cause,
        Concept.Why,
        Concept.Affected,
        Concept.Callers,
        Concept.Callees,
        .. Intents.Changes,
    ];

    public static QuestionPlan? Read(ReadingContext context)
    {
        var s = context.Sentence;
        if (IsUnowned(context))
            return Plan(context, QuestionKind.Owners) with { Unowned = true, Services = [], Operations = [], Conditions = [] };
        if (Guide(s) is not null && !s.MayMean(Others) && !s.MayMean(Concept.OnCall, Concept.Contact, Concept.Request))
            return Plan(context, QuestionKind.Runbooks) with { Operations = [], Conditions = [] };
        return IsTimeSpent(context) ? Plan(context, QuestionKind.TimeSpent) : null;
    }

    // "services that nobody owns", "is every service owned?"
    private static bool IsUnowned(ReadingContext context)
    {
        var s = context.Sentence;
        if (context.HasSubject || context.Subject.Teams.Count + context.Subject.People.Count + context.Subject.Conditions.Count > 0)
            return false;
        if (s.MayMean(Others) || s.MayMean(Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Request, Concept.Channel))
            return false;
        if (s.MayMean(Concept.Unowned))
            return true;
        var owned = s.MarksOf(Concept.Owner, Concept.Team).Any(m => !m.Senses.Contains(Concept.Person));
        if (!owned || s.MarksOf(Concept.Which, Concept.What).Any(m => s.MeansAt(m.End, Concept.Team)))
            return false;
        var denied =
            s.MayMean(Concept.Negation, Concept.Missing)
            || s.MarksOf(Concept.Without).Any(m => s.MeansAt(Behind(s, m.End), Concept.Owner, Concept.Team))
            || s.Tokens.Any(t => WordRoles.Nobody.Contains(t.Lower));
        var all = s.MeansAt(0, Concept.Be, Concept.Do) && s.MarksOf(Concept.Every).Any(m => s.MeansAt(m.End, Concept.Service));
        return denied && s.MayMean(Concept.Service, Concept.Which, Concept.Exist, Concept.Show) || all;
    }

    // "without an assigned owner"
    private static int Behind(Sentence s, int at)
    {
        while (at < s.Tokens.Count && (s.MarkAt(at) is null || s.MeansAt(at, Concept.Article, Concept.Exist)))
            at++;
        return at;
    }

    // "a guide for the on-call", but not a service that is called so.
    private static ConceptMark? Guide(Sentence s) =>
        s.MarksOf(Concept.Guide).FirstOrDefault(m => s.LinkAt(m.Start) is not { Kind: LinkKind.Service or LinkKind.Operation });

    // "where does checkout lose its time?"
    private static bool IsTimeSpent(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            s.Tokens.Any(t => t.Kind == Tokens.WordTokenKind.TraceId)
            || !context.HasSubject
            || context.Subject.Conditions.Count > 0
            || s.MayMean(
                Concept.Percentile,
                Concept.Median,
                Concept.ErrorRate,
                Concept.Throughput,
                Concept.Mean,
                Concept.Trace,
                Concept.Why
            )
            || s.MayMean(Concept.When, Concept.Began, Concept.Plot, Concept.EachStep, Concept.Single)
            || s.MarksOf(Concept.By, Concept.BreakDown, Concept.Every).Any(m => Groups.IsKeyBehind(s, m))
        )
            return false;
        if (s.MayMean(Concept.TimeGoes))
            return true;
        var time = Enumerable.Range(0, s.Tokens.Count).Any(i => IsTime(s, i));
        if (!time && !s.MayMean(Concept.Latency))
            return false;
        if (s.MayMean(Concept.BreakDown))
            return !s.MayMean(Concept.Count, Concept.Request);
        return time
            && s.MayMean(Concept.Where, Concept.What, Concept.Which)
            && !s.MayMean(Concept.Count, Concept.HowLong, Concept.Share)
            && s.Tokens.Any(t => WordRoles.Spending.Contains(t.Lower));
    }

    // The time that something takes, not a time of day: "at that time" says when.
    private static bool IsTime(Sentence s, int i)
    {
        if (!WordRoles.Time.Contains(s.Tokens[i].Lower) || s.TimeAt(i) is not null)
            return false;
        var before = i - 1;
        while (before >= 0 && s.MeansAt(before, Concept.Article) && !WordRoles.Pointing.Contains(s.Tokens[before].Lower))
            before--;
        return before < 0
            || !WordRoles.Pointing.Contains(s.Tokens[before].Lower)
                && !(s.MeansAt(before, Concept.Preposition) && !WordRoles.Of.Contains(s.Tokens[before].Lower));
    }

    private static QuestionPlan Plan(ReadingContext context, QuestionKind kind)
    {
        var s = context.Sentence;
        var plan = new QuestionPlan
        {
            Kind = kind,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            Window = WindowPlanner.Plan(context, kind),
            Services = context.Subject.Services,
            Operations = context.Subject.Operations,
            Conditions = context.Subject.Conditions,
        };
        foreach (var mark in s.Marks)
            s.Use(mark);
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (IsTime(s, i) || WordRoles.Spending.Contains(s.Tokens[i].Lower) || WordRoles.Nobody.Contains(s.Tokens[i].Lower))
                s.Use(i, i + 1);
        }

        return FrameFollowUp.Complete(context, plan);
    }
}
