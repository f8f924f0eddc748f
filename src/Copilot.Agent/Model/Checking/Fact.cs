namespace Copilot.Agent.Model.Checking;

/// <summary>A number that a tool's result shows.</summary>
/// <param name="Services">Whose it is; empty: nobody's in particular.</param>
internal sealed record Fact(double Value, FactUnit Unit, IReadOnlyList<string> Services);
