namespace Copilot.Analysis.Reports;

public enum CauseVerdict
{
    /// <summary>Nothing is worse than the baseline, or too little was received to say.</summary>
    NoCause,

    /// <summary>Only traffic grew; what is slower is slower because of it.</summary>
    Surge,

    Cause,
}
