namespace Copilot.Analysis.Health;

/// <summary>A service before and now, judged by the contract's term "clearly worse".</summary>
public sealed record HealthChange
{
    private const int Enough = 8;

    public required string Service { get; init; }

    public required ServiceMeasure Before { get; init; }

    public required ServiceMeasure Now { get; init; }

    /// <summary>At least 3 failed requests, an error rate above 3 times the baseline's and 0.5 points more, z above 1.6.</summary>
    public bool FailsMore => IsMeasurable && Now.Failed >= 3 && Now.ErrorRate > 3 * Before.ErrorRate
        && Now.ErrorRate > Before.ErrorRate + 0.005 && Z > 1.6;

    /// <summary>A p95 above 1.5 times the baseline's and 25 ms more.</summary>
    public bool IsSlower => IsMeasurable && Now.P95Ms > 1.5 * Before.P95Ms && Now.P95Ms > Before.P95Ms + 25;

    public bool IsClearlyWorse => FailsMore || IsSlower;

    private bool IsMeasurable => Now.Requests >= Enough && Before.Requests >= Enough;

    /// <summary>How much worse, for sorting: 0 to 1.</summary>
    public double Severity => Math.Max(
        FailsMore ? Math.Sqrt(Now.ErrorRate) : 0,
        IsSlower ? 1 - Math.Sqrt(Before.P95Ms / Now.P95Ms) : 0);

    private double Z
    {
        get
        {
            var pooled = (double)(Now.Failed + Before.Failed) / (Now.Requests + Before.Requests);
            var deviation = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / Now.Requests) + (1.0 / Before.Requests)));
            return deviation == 0 ? 0 : (Now.ErrorRate - Before.ErrorRate) / deviation;
        }
    }
}
