using Copilot.Analysis.Samples;
using Copilot.Analysis.Traces;

namespace Copilot.Analysis.Courses;

/// <summary>Which requests of an operation went another way than they used to, and what that way lacks and has.</summary>
internal sealed record FlowDifference
{
    /// <summary>Indexes of the bad window's requests.</summary>
    public required IReadOnlyList<int> Hits { get; init; }

    public required int BaseHits { get; init; }

    public required double Surprise { get; init; }

    public required IReadOnlyList<int> Missing { get; init; }

    public required IReadOnlyList<int> New { get; init; }

    public string Describe(NameTable names)
    {
        var parts = new List<string>();
        if (Missing.Count > 0)
            parts.Add("no longer: " + string.Join(", ", Missing.Take(3).Select(n => EventNumber.Describe(n, names))));
        if (New.Count > 0)
            parts.Add("new: " + string.Join(", ", New.Take(3).Select(n => EventNumber.Describe(n, names))));
        return string.Join("; ", parts);
    }
}
