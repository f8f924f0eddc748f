using Copilot.Analysis.Attribution;
using Copilot.Analysis.Reports;

namespace Copilot.Analysis.Causes;

/// <summary>Who is affected: services that are clearly worse and are the cause or its direct or indirect callers. Whoever is worse for
/// another reason is told apart.</summary>
internal sealed record AffectedServices(IReadOnlyList<AffectedItem> Items, IReadOnlyList<HealthChange> WorseOtherwise)
{
    /// <param name="health">Every service now against before.</param>
    /// <param name="cause">Null: there is none, and nobody is affected by it.</param>
    /// <param name="together">The services that share the place that the trouble is confined to; null: the cause alone.</param>
    public static AffectedServices Of(
        IReadOnlyDictionary<int, HealthChange> health,
        CallGraph graph,
        int? cause,
        IReadOnlyCollection<int>? together
    )
    {
        var reached = cause is { } start ? (together ?? [start]).SelectMany(s => graph.CallersOf(s).Append(s)).ToHashSet() : [];
        if (cause is { } itself)
            reached.Add(itself);
        var worse = health.Where(h => h.Value.IsClearlyWorse).ToLookup(h => reached.Contains(h.Key));
        return new AffectedServices(
            [
                .. worse[true]
                    .Select(w => new AffectedItem
                    {
                        Service = w.Value.Service,
                        Role = w.Key == cause ? "cause" : "affected",
                        Score = Math.Round(w.Value.Severity, 3),
                        Health = w.Value,
                    })
                    .OrderByDescending(a => a.Role == "cause")
                    .ThenByDescending(a => a.Score)
                    .ThenBy(a => a.Service, StringComparer.Ordinal),
            ],
            [.. worse[false].Select(w => w.Value)]
        );
    }
}
