namespace Copilot.Language.Kinds;

/// <summary>The kinds in words, for a question back.</summary>
internal static class KindWords
{
    public static string Of(AskKind kind) =>
        kind switch
        {
            AskKind.Number => "one figure",
            AskKind.Table => "several figures",
            AskKind.By => "a figure for each value of an attribute",
            AskKind.RankServices => "services in an order",
            AskKind.RankOperations => "operations in an order",
            AskKind.Series => "figures over time",
            AskKind.Peak => "the moment at which it was highest or lowest",
            AskKind.Comparison => "two sides compared",
            AskKind.Traces => "a list of traces",
            AskKind.Trace => "one trace explained",
            AskKind.Errors => "error messages",
            AskKind.Logs => "log records",
            AskKind.Period => "when it began, how long it lasted and whether it is over",
            AskKind.Cause => "the cause",
            AskKind.Affected => "the affected services",
            AskKind.Overview => "what is wrong now",
            AskKind.Summary => "all that went wrong",
            AskKind.Owners => "who owns it and is on call",
            AskKind.Changes => "what was changed",
            AskKind.Callers => "who calls it",
            AskKind.Callees => "what it calls",
            AskKind.Common => "what sets the bad requests apart",
            AskKind.Runbook => "a runbook",
            AskKind.TimeGoes => "where the time goes",
            AskKind.Refused => "something to be done",
            AskKind.Told => "nothing",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
