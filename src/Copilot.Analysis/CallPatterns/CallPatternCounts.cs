using System.Runtime.InteropServices;
using Copilot.Analysis.Thresholds;

namespace Copilot.Analysis.CallPatterns;

/// <summary>How often each course (set of steps) is taken, now and before.</summary>
internal sealed class CallPatternCounts
{
    private readonly Dictionary<int[], (int Now, int Before)> _counts = new(StepsComparer.Instance);
    private readonly int _before;

    public CallPatternCounts(IReadOnlyList<int[]> now, IReadOnlyList<int[]> before)
    {
        _before = before.Count;
        foreach (var course in now)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, course, out _).Now++;
        foreach (var course in before)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, course, out _).Before++;
    }

    public bool IsUnseen(int[] course) => _counts[course].Before == 0;

    /// <summary>A course that requests took before and that is not merely the beginning of a longer one.</summary>
    public bool IsKnownAlternative(int[] course) => _counts[course].Before > 0 && !Longer(course).Any();

    /// <summary>Courses that hold a part of what a usual course holds and nothing else.</summary>
    public IEnumerable<int[]> CutShort() =>
        _counts.Where(c => c.Value.Now >= FlowThresholds.FewestCutShort && Longer(c.Key).Any()).Select(c => c.Key);

    public IEnumerable<int> WhatIsLeftOut(int[] course) =>
        Longer(course).OrderByDescending(c => _counts[c].Before).Take(1).SelectMany(c => c.Except(course));

    /// <summary>How many requests took a course never seen before, and how many of the baseline's took one that is unique there.</summary>
    public (int Unseen, int Singletons) Unseen(Func<int[], bool> among) =>
        (
            _counts.Where(c => c.Value.Before == 0 && among(c.Key)).Sum(c => c.Value.Now),
            _counts.Count(c => c.Value.Before == 1 && among(c.Key))
        );

    private IEnumerable<int[]> Longer(int[] course) =>
        _counts
            .Where(c =>
                c.Value.Before >= FlowThresholds.FewestLonger
                && c.Value.Before >= FlowThresholds.ShareLonger * _before
                && c.Key.Length > course.Length
                && IsSubset(course, c.Key)
            )
            .Select(c => c.Key);

    private static bool IsSubset(int[] part, int[] whole)
    {
        var at = 0;
        foreach (var step in part)
        {
            while (at < whole.Length && whole[at] < step)
                at++;
            if (at == whole.Length || whole[at] != step)
                return false;
        }

        return true;
    }

    private sealed class StepsComparer : IEqualityComparer<int[]>
    {
        public static StepsComparer Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] steps)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(steps.AsSpan()));
            return hash.ToHashCode();
        }
    }
}

/// <summary>
/// How regular a system's requests are in good times, over all its operations: where every second request takes a way of its own, one
/// more says nothing; where none ever did, three do.
/// </summary>
/// <param name="Unseen">Share of requests whose course is the only one of its kind.</param>
/// <param name="Lacking">Share of requests without a step that nearly all others of their operation take.</param>
/// <param name="Complaining">Share of requests with an error message.</param>
internal sealed record CallPatternBaseline(double Unseen, double Lacking, double Complaining)
{
    /// <summary>Nothing is known of other operations.</summary>
    public static CallPatternBaseline Unknown { get; } = new(FlowThresholds.Unknown, FlowThresholds.Unknown, FlowThresholds.Unknown);

    public static CallPatternBaseline Of(IReadOnlyCollection<FlowComparison> operations)
    {
        double requests = operations.Sum(o => o.UsualRequests);
        return requests == 0
            ? Unknown
            : new CallPatternBaseline(
                Math.Max(FlowThresholds.Rarest, operations.Sum(o => o.Usual.Singletons) / requests),
                Math.Max(FlowThresholds.Rarest, operations.Sum(o => o.Usual.Lacking) / requests),
                Math.Max(FlowThresholds.Rarest, operations.Sum(o => o.Usual.Complaints) / requests)
            );
    }
}
