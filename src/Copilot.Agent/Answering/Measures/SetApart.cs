using Copilot.Agent.Answers.Items;
using Copilot.Agent.Answers.Results;
using Copilot.Analysis.Breakdowns;
using Copilot.Store.Reads.Breakdowns;
using Copilot.Store.Reads.Filters;

namespace Copilot.Agent.Answering.Measures;

/// <summary>Which attribute sets the bad requests apart from the good ones.</summary>
internal static class SetApart
{
    /// <summary>The attribute with the values that go with the bad requests, best first; null where none does.</summary>
    public static BreakdownResult? Best(AttributeCounts counts)
    {
        var ranked = BreakdownRanker.Rank(counts.Bad, counts.Good, counts.Values.Select(value => new AttributeTally(
            value.Scope == AttributeScope.Resource ? "resource" : "span", value.Key, value.Value, value.Bad, value.Good)));
        return ranked.Count == 0
            ? null
            : new BreakdownResult(ranked[0].Attribute, [.. ranked[0].Values.Select(value => new BreakdownItem(value.Value, value.Count, value.Share, value.Lift))]);
    }

    /// <summary>All values of one attribute among the bad requests, most frequent first; null where no bad request has it.</summary>
    public static BreakdownResult? ByKey(AttributeCounts counts, string key)
    {
        var items = counts.Values.Where(value => value.Key == key)
            .OrderByDescending(value => value.Bad).ThenBy(value => value.Value, StringComparer.Ordinal).ToList();
        return items.Count == 0 ? null : new BreakdownResult(key, [.. items.Select(value => Item(value, counts))]);
    }

    private static BreakdownItem Item(AttributeCount value, AttributeCounts counts)
    {
        var share = counts.Bad == 0 ? 0 : (double)value.Bad / counts.Bad;
        // No good request has the value: half a request stands in, so that the ratio stays a number.
        var good = counts.Good == 0 ? 1 : Math.Max(value.Good, 0.5) / counts.Good;
        return new BreakdownItem(value.Value, value.Bad, share, Math.Round(share / good, 2));
    }
}
