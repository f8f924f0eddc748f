namespace Copilot.Analysis.Reports;

/// <summary>What the trouble looks like; the contract's words in lower case.</summary>
public enum CauseKind
{
    Errors,
    Latency,
    Network,
    Resource,
    Saturation,
    Change,
    Traffic,
}
