using System.Globalization;
using Copilot.Analysis.Blame;
using Copilot.Analysis.Health;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Signals;

namespace Copilot.Analysis.Causes;

/// <summary>What an engineer would suspect next, and what speaks against it.</summary>
internal static class Alternatives
{
    private const int Most = 3;

    /// <param name="together">Who suffers in the same place as the first: they are no alternatives to it.</param>
    public static IReadOnlyList<RejectedAlternative> Reject(
        SampleRequests sample, IReadOnlyList<NodeScore> nodes, Dictionary<int, HealthChange> health, IReadOnlyList<int> together, Func<int, string> name)
    {
        var cause = nodes[0];
        var scores = nodes.ToDictionary(n => n.Node);
        var rejected = new List<RejectedAlternative>();
        // The recently changed first: that is whom people blame.
        foreach (var change in sample.Input.Changes.Where(c => c.Service != name(cause.Node)).OrderByDescending(c => c.Time))
        {
            var node = sample.Names.Find(change.Service);
            if (rejected.Any(r => r.Service == change.Service) || (health.TryGetValue(node, out var state) && state.IsClearlyWorse))
                continue;
            rejected.Add(new RejectedAlternative(change.Service, string.Create(
                CultureInfo.InvariantCulture, $"It changed at {change.Time.UtcDateTime:HH:mm:ss} UTC ({change.Kind}: {change.Summary}), but its figures are not worse than before.")));
        }

        foreach (var (node, change) in health.Where(h => h.Value.IsClearlyWorse && h.Key != cause.Node && !together.Contains(h.Key)).OrderByDescending(h => h.Value.Severity))
        {
            var own = scores.TryGetValue(node, out var score) ? score.LostMs : 0;
            rejected.Add(new RejectedAlternative(name(node), change.IsSlower
                ? string.Create(CultureInfo.InvariantCulture, $"Its p95 went from {change.Before.P95Ms:0} to {change.Now.P95Ms:0} ms, but the time is lost in what it calls: {own:0.#} ms a trace are its own, {cause.LostMs:0.#} are {name(cause.Node)}'s.")
                : string.Create(CultureInfo.InvariantCulture, $"{change.Now.ErrorRate:P1} of its requests fail, but only where something it calls failed first.")));
        }

        foreach (var node in nodes.Skip(1).Where(n => n.Score > 0 && !together.Contains(n.Node)))
        {
            if (rejected.All(r => r.Service != name(node.Node)))
                rejected.Add(new RejectedAlternative(name(node.Node), string.Create(CultureInfo.InvariantCulture, $"It moved too, but weighs {node.Score:0.00} against {cause.Score:0.00}.")));
        }

        return [.. rejected.Take(Most)];
    }
}
