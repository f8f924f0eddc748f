namespace Copilot.Analysis.Tests.Simulation;

internal sealed class SimOperation(SimService service, string name, double ownMs)
{
    public SimService Service { get; } = service;

    public string Name { get; } = name;

    /// <summary>Median of the time that it works itself.</summary>
    public double OwnMs { get; } = ownMs;

    /// <summary>Its steps run at the same time.</summary>
    public bool IsParallel { get; init; }

    public List<SimStep> Steps { get; } = [];

    public List<string> Inner { get; } = [];
}
