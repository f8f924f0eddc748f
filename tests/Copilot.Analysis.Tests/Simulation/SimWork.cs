namespace Copilot.Analysis.Tests.Simulation;

/// <summary>One execution of an operation.</summary>
internal readonly record struct SimWork(SimOperation Operation, int Pod, int Tenant, double AtMs, Random Random)
{
    public SimService Service => Operation.Service;

    public bool Chance(double probability) => Random.NextDouble() < probability;
}
