namespace Copilot.Store.Reads.Breakdowns;

/// <summary>Which requests are the bad ones of a break-down.</summary>
public enum BadRequests
{
    /// <summary>Status ERROR.</summary>
    Failed,

    /// <summary>Longer than the mean of their own service and operation in the window.</summary>
    Slow,
}
