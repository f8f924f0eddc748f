namespace Copilot.Analysis.Tests.Simulation;

internal sealed class SimService(string name, int layer, int pods)
{
    public string Name { get; } = name;

    public int Layer { get; } = layer;

    public int Pods { get; } = pods;

    public List<SimOperation> Operations { get; } = [];

    public override string ToString() => Name;
}
