namespace Copilot.Agent.Questions.Selections;

public enum BreakdownPopulation
{
    Failed,

    /// <summary>Requests above the mean of their service and operation.</summary>
    Slow,

    /// <summary>All requests: a plain count by value.</summary>
    All,

    /// <summary>Neither is said: what is clearly worse in the window decides, failed before slow.</summary>
    Bad,
}
