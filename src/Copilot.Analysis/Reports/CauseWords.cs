namespace Copilot.Analysis.Reports;

/// <summary>The contract's words for what the code's enumerations hold.</summary>
public static class CauseWords
{
    public static string Word(this CauseKind kind) => kind switch
    {
        CauseKind.Errors => "errors",
        CauseKind.Latency => "latency",
        CauseKind.Network => "network",
        CauseKind.Resource => "resource",
        CauseKind.Saturation => "saturation",
        CauseKind.Change => "change",
        _ => "traffic",
    };

    public static string Word(this PlaceKind kind) => kind switch
    {
        PlaceKind.Confined => "confined",
        PlaceKind.BroughtIn => "brought_in",
        _ => "gone",
    };

    public static string Word(this CauseVerdict verdict) => verdict == CauseVerdict.Cause ? "cause" : "no_cause";
}
