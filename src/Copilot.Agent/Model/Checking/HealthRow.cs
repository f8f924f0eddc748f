namespace Copilot.Agent.Model.Checking;

/// <summary>How one service does, by its own requests.</summary>
internal sealed record HealthRow(string Service, bool IsClearlyWorse, double ErrorRate)
{
    /// <summary>Where more than this share of requests fails, nobody calls a service well.</summary>
    public const double MostErrors = 0.01;

    public bool IsWell => !IsClearlyWorse && ErrorRate <= MostErrors;
}
