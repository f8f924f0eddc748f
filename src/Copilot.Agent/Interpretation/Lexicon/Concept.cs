namespace Copilot.Agent.Interpretation.Lexicon;

/// <summary>What words of a question mean, whatever the words are.</summary>
internal enum Concept
{
    // measures
    ErrorRate, SuccessRate, Throughput, Mean, Median, Percentile, Maximum, Minimum, Latency, Count, Share, Traffic,

    // states
    Failed, Slow, AboveAverage, BelowAverage, Fine, Trouble, Up,

    // what is counted or listed
    Request, Trace, Span, Log, LogVerb, ErrorLog, WarningLog, Operation, Service, Team, Root, Below, Third,

    // ranks
    Slowest, Fastest, MostFailing, Busiest, Least, Top, Noisiest, Newest, Oldest, Most,

    // question words and verbs
    Show, Which, What, Who, Why, Where, HowLong, Exist, Explain, TimeGoes, Every,

    // relations
    Affected, Cause, Calls, Callers, Callees, DependsOn, Owner, OnCall, Involve, Contact, Channel,

    // changes
    Change, Deploy, Rollback, Flag, Config, Scale,

    // comparison and grouping
    InCommon, Differ, BreakDown, By, Compare, Than, OneOf, OverTime, Overview,

    // conditions
    Greater, Less, AtLeast, AtMost, Equals, NotEquals, Contains, Without, OnlyFor, Exists, Missing,

    // conversation
    Pronoun, Other, FollowUp, Overall, Earlier, Later,

    // what is not done
    Action, Forecast, OffTopic, Secret, Manipulate, Help,
}
