namespace Copilot.Agent.Model.Checking;

/// <summary>A number that a tool's result shows.</summary>
/// <param name="Services">Whose it is; empty: nobody's in particular.</param>
/// <param name="Measure">What it measures, as its result names it: "errorRate", "failed_count".</param>
/// <param name="IsPast">It is what was before, for comparison.</param>
internal sealed record Fact(double Value, FactUnit Unit, IReadOnlyList<string> Services, string Measure = "", bool IsPast = false)
{
    /// <summary>It counts what failed.</summary>
    public bool IsOfFailures => Measure is "errorRate" or "error_rate" or "failed" or "failed_count" or "errorSpans";
}
