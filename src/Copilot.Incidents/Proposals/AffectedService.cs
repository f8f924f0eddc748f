namespace Copilot.Incidents.Proposals;

/// <summary>A service that is clearly worse, with its figures in the window and before it. Rates are 0 to 1, durations milliseconds.</summary>
public sealed record AffectedService(string Service, double Score)
{
    public long Requests { get; init; }

    public double ErrorRate { get; init; }

    public double ErrorRateBefore { get; init; }

    public double P95Ms { get; init; }

    public double P95MsBefore { get; init; }
}
