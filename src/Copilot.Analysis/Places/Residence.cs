using Copilot.Analysis.Places.Traits;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Statistics;

namespace Copilot.Analysis.Places;

/// <summary>Which services run in one place only: they cannot be compared with themselves elsewhere, but with each other.</summary>
internal sealed class Residence
{
    private const int EnoughRequests = 5;

    private readonly Dictionary<int, HashSet<Trait>> _everywhere = [];

    public Residence(SampleRequests sample, TraitReader reader)
    {
        foreach (var service in sample.Bad.Requests.GroupBy(r => r.Service).Where(g => g.Count() >= EnoughRequests))
        {
            foreach (var request in service)
            {
                var places = reader.Places(new Exposure(request, false, []), sample.Bad).Select(p => p.Trait);
                if (_everywhere.TryGetValue(service.Key, out var known))
                    known.IntersectWith(places);
                else
                    _everywhere.Add(service.Key, [.. places]);
            }
        }
    }

    /// <summary>All of its requests are served there.</summary>
    public bool IsOnlyAt(int service, Trait trait) => _everywhere.TryGetValue(service, out var places) && places.Contains(trait);

    /// <summary>Of the services that run in one place only, as far as this attribute goes: those that run there, and those that suffer.</summary>
    public Stratum Services(Trait trait, IReadOnlySet<int> suffering)
    {
        var single = _everywhere.Where(s => s.Value.Any(t => t.Level == trait.Level && t.Key == trait.Key)).ToList();
        var there = single.Where(s => s.Value.Contains(trait)).ToList();
        return new Stratum(there.Count(s => suffering.Contains(s.Key)), there.Count, single.Count(s => suffering.Contains(s.Key)), single.Count);
    }
}
