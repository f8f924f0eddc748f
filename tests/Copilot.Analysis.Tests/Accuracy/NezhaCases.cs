using Copilot.Analysis.Tests.Worlds;

namespace Copilot.Analysis.Tests.Accuracy;

/// <summary>The labelled cases, read once for all tests.</summary>
public sealed class NezhaCases
{
    private readonly Lazy<IReadOnlyList<NezhaCase>> _all = new(() => [.. NezhaCase.Load(Material.Get("shared/worlds/nezha"))]);

    public IReadOnlyList<NezhaCase> All => _all.Value;

    public IEnumerable<NezhaCase> TrainTicket => All.Where(c => c.System == "TrainTicket");

    public IEnumerable<NezhaCase> OnlineBoutique => All.Where(c => c.System == "OnlineBoutique");
}
