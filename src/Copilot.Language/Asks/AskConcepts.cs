using Copilot.Language.Lexicon;

namespace Copilot.Language.Asks;

/// <summary>What concepts do in a clause: begin a question, ask by being said, or only lead on.</summary>
internal static class AskConcepts
{
    /// <summary>Concepts that begin a question or an order to tell something.</summary>
    public static readonly Concept[] Openers =
    [
        Concept.Which,
        Concept.What,
        Concept.Who,
        Concept.Why,
        Concept.Where,
        Concept.When,
        Concept.Count,
        Concept.Share,
        Concept.HowLong,
        Concept.Lasting,
        Concept.Show,
        Concept.Explain,
        Concept.Compare,
        Concept.BreakDown,
        Concept.Exist,
        Concept.Runbook,
        Concept.Contact,
        Concept.Overview,
        Concept.Summary,
    ];

    /// <summary>Nouns that ask for something by being said.</summary>
    public static readonly Concept[] Asked =
    [
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.Throughput,
        Concept.Percentile,
        Concept.Median,
        Concept.Mean,
        Concept.Deviation,
        Concept.Latency,
        Concept.Slowest,
        Concept.Fastest,
        Concept.MostFailing,
        Concept.Busiest,
        Concept.Owner,
        Concept.OnCall,
        Concept.Channel,
        Concept.ErrorText,
        Concept.StackTrace,
        Concept.Callers,
        Concept.Callees,
        Concept.Cause,
        Concept.Affected,
        Concept.InCommon,
        Concept.Top,
        Concept.PeakPoint,
        Concept.Maximum,
        Concept.Minimum,
        Concept.TimeGoes,
        Concept.Unowned,
    ];

    public static readonly Concept[] Measures =
    [
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.Throughput,
        Concept.Percentile,
        Concept.Median,
        Concept.Mean,
        Concept.Deviation,
        Concept.Maximum,
        Concept.Minimum,
        Concept.Latency,
    ];

    public static readonly Concept[] Weak =
    [
        Concept.Change,
        Concept.Deploy,
        Concept.Rollback,
        Concept.Flag,
        Concept.Config,
        Concept.Trace,
        Concept.Log,
        Concept.ErrorLog,
        Concept.Failed,
        Concept.Slow,
        Concept.Trouble,
        Concept.Request,
        Concept.Guide,
    ];

    /// <summary>Nouns that "which" and "what" ask for.</summary>
    public static readonly Concept[] AskedNouns =
    [
        Concept.Service,
        Concept.Operation,
        Concept.Team,
        Concept.Request,
        Concept.Trace,
        Concept.Change,
        Concept.Deploy,
        Concept.Rollback,
        Concept.Flag,
        Concept.Config,
        Concept.Guide,
        Concept.Owner,
        Concept.Channel,
        Concept.ErrorText,
    ];

    /// <summary>How a trouble goes.</summary>
    public static readonly Concept[] Courses = [Concept.Began, Concept.Ended, Concept.Ongoing, Concept.Lasting];

    public static readonly Concept[] Passing =
    [
        Concept.FollowUp,
        Concept.Pronoun,
        Concept.Latter,
        Concept.Former,
        Concept.By,
        Concept.Every,
        Concept.Summary,
        Concept.Together,
        Concept.Sum,
        Concept.Plot,
        Concept.Article,
        Concept.Preposition,
        Concept.Be,
        Concept.Do,
        Concept.Joint,
        Concept.Or,
        Concept.Person,
        Concept.Modal,
        Concept.Single,
        Concept.Team,
    ];

    public static readonly Concept[] Resting =
    [
        Concept.Compare,
        Concept.Than,
        Concept.Joint,
        Concept.Or,
        Concept.Article,
        Concept.Preposition,
        Concept.OnlyFor,
        Concept.Without,
        Concept.FollowUp,
        Concept.Plot,
        Concept.Top,
        Concept.Together,
        Concept.Overall,
        Concept.Request,
        Concept.Service,
        Concept.By,
        Concept.Earlier,
        Concept.Later,
        Concept.Pronoun,
    ];

    public static readonly Concept[] Outcomes = [Concept.Failed, Concept.Succeeded, Concept.Slow, Concept.AboveAverage];
}
