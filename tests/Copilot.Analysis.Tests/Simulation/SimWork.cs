namespace Copilot.Analysis.Tests.Simulation;

/// <summary>One execution of an operation.</summary>
/// <param name="About">What the trace is about: the number of each topic's value.</param>
internal readonly record struct SimWork(SimOperation Operation, int Pod, int Tenant, double AtMs, Random Random, int[] About)
{
    public SimService Service => Operation.Service;

    public bool Chance(double probability) => Random.NextDouble() < probability;
}
