using Copilot.Analysis.Blame;
using Copilot.Analysis.Places.Traits;

namespace Copilot.Analysis.Places;

/// <summary>A host, a zone or the like in which several services suffer, and hardly any of them anywhere else.</summary>
/// <param name="Count">What of its services' requests suffers there.</param>
/// <param name="Services">The services, the worst first.</param>
/// <param name="OtherHits">Requests of the same services that suffer elsewhere,</param>
/// <param name="OtherCount">of so many.</param>
/// <param name="Alike">What just the same requests have.</param>
internal sealed record SharedPlace(TraitCount Count, IReadOnlyList<int> Services, int OtherHits, int OtherCount, IReadOnlyList<Trait> Alike)
{
    /// <summary>The services' trouble starts there: the worst of them stands for it, before whoever only suffers from them.</summary>
    public IReadOnlyList<NodeScore> First(IReadOnlyList<NodeScore> nodes)
    {
        var worst = nodes.First(n => Services.Contains(n.Node));
        return [worst with { Score = nodes[0].Score }, .. nodes.Where(n => n != worst)];
    }
}
