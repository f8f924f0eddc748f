using System.Runtime.InteropServices;
using Copilot.Analysis.Statistics;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.CallPatterns;

/// <summary>
/// Compares the courses of one operation's requests. A mere shift between known courses is what a change of the users' habits
/// looks like, so only this counts: known courses cut short, courses never seen before (against the Good–Turing estimate of how
/// many such there always are), steps that always happened and now do not, and error messages. Without an error message a request
/// must also do less than the usual one: doing more is no trouble by itself (and where it is, it takes time).
/// </summary>
internal sealed class FlowComparison
{
    private readonly List<int[]> _now;
    private readonly List<int[]> _before;
    private readonly List<int[]> _errors;
    private readonly List<int[]> _baseErrors;
    private readonly CallPatternCounts _courses;
    private readonly int _usualLength;
    private readonly bool[] _marked;
    private readonly bool[] _baseMarked;
    private readonly Dictionary<int, int> _usualSteps;
    private double _best;
    private (int Singletons, int Lacking, int Complaints)? _usual;

    public FlowComparison(IReadOnlyList<int[]> now, IReadOnlyList<int[]> before)
    {
        _now = [.. now.Select(Steps)];
        _before = [.. before.Select(Steps)];
        _errors = [.. now.Select(Errors)];
        _baseErrors = [.. before.Select(Errors)];
        _courses = new CallPatternCounts(_now, _before);
        _usualSteps = Count(_before);
        _usualLength = _before.Select(e => e.Length).Order().ElementAt(before.Count / 2);
        _marked = new bool[now.Count];
        _baseMarked = new bool[before.Count];
    }

    public int UsualRequests => _before.Count;

    /// <summary>Requests of the baseline whose course is the only one of its kind; that lack a step that nearly all have; that
    /// complain.</summary>
    public (int Singletons, int Lacking, int Complaints) Usual =>
        _usual ??= (_courses.Unseen(_ => true).Singletons, UsuallyLacking(), _baseErrors.Count(e => e.Length > 0));

    /// <param name="surprise">What a single test must reach.</param>
    /// <param name="habits">What is known of the other operations.</param>
    public FlowDifference? Judge(double surprise, CallPatternBaseline habits)
    {
        // Of a dozen requests a step that only most take may be in all by chance.
        if (_before.Count < FlowThresholds.EnoughForHabits)
            habits = CallPatternBaseline.Unknown with { Complaining = habits.Complaining };
        // Many steps of many operations are looked at, so each must surprise more than a single test would have to.
        surprise += FlowThresholds.MoreForMany;
        var missing = new List<int>();
        var fresh = new List<int>();
        foreach (var course in _courses.CutShort())
        {
            if (Test(e => e.AsSpan().SequenceEqual(course), surprise, FlowThresholds.CutShortElsewhere, FlowThresholds.Lift))
                missing.AddRange(_courses.WhatIsLeftOut(course));
        }

        var (unseen, singletons) = _courses.Unseen(IsPoorer);
        var z = Surprise(unseen, _now.Count, singletons, _before.Count, habits.Unseen);
        if (z >= surprise)
            Mark(e => _courses.IsUnseen(e) && IsPoorer(e), z, _now, _before);
        JudgeSteps(surprise, habits, missing, fresh);
        return _best == 0
            ? null
            : new FlowDifference
            {
                Hits = [.. Enumerable.Range(0, _now.Count).Where(i => _marked[i])],
                BaseHits = _baseMarked.Count(m => m),
                Surprise = _best,
                Missing = [.. missing.Distinct()],
                New = [.. fresh.Distinct()],
            };
    }

    private void JudgeSteps(double surprise, CallPatternBaseline habits, List<int> missing, List<int> fresh)
    {
        var steps = Count(_now);
        foreach (var (step, count) in _usualSteps)
        {
            // A request that goes without the step on another known course is no failure, only another wish.
            if (
                count >= FlowThresholds.Always * _before.Count
                && steps.GetValueOrDefault(step) < _now.Count
                && Test(e => Array.BinarySearch(e, step) < 0 && IsPoorer(e) && !_courses.IsKnownAlternative(e), surprise, habits.Lacking)
            )
                missing.Add(step);
        }

        foreach (var error in Count(_errors).Keys)
        {
            if (Test(e => Array.BinarySearch(e, error) >= 0, surprise, habits.Complaining, 1, _errors, _baseErrors))
                fresh.Add(error);
        }
    }

    private int UsuallyLacking()
    {
        // Nobody lacks what all have.
        var always = _usualSteps
            .Where(s => s.Value >= FlowThresholds.Always * _before.Count && s.Value < _before.Count)
            .Select(s => s.Key)
            .ToList();
        return always.Count == 0 ? 0 : _before.Count(e => always.Exists(step => Array.BinarySearch(e, step) < 0));
    }

    private bool IsPoorer(int[] steps) => steps.Length < _usualLength;

    private bool Test(Func<int[], bool> belongs, double surprise, double habit, double lift = 1) =>
        Test(belongs, surprise, habit, lift, _now, _before);

    private bool Test(Func<int[], bool> belongs, double surprise, double habit, double lift, List<int[]> now, List<int[]> before)
    {
        var hits = now.Count(belongs);
        var baseHits = before.Count(belongs);
        if ((double)hits / now.Count < lift * baseHits / before.Count)
            return false;
        var z = Surprise(hits, now.Count, baseHits, before.Count, habit);
        if (z < surprise)
            return false;
        Mark(belongs, z, now, before);
        return true;
    }

    private static double Surprise(int hits, int count, int baseHits, int baseCount, double habit) =>
        Math.Max(
            Proportions.Surprise(hits, count, baseHits, baseCount),
            Proportions.SurpriseGiven(hits, count, baseHits, baseCount, habit)
        );

    private void Mark(Func<int[], bool> belongs, double z, List<int[]> now, List<int[]> before)
    {
        _best = Math.Max(_best, z);
        for (var i = 0; i < now.Count; i++)
            _marked[i] |= belongs(now[i]);
        for (var i = 0; i < before.Count; i++)
            _baseMarked[i] |= belongs(before[i]);
    }

    private static int[] Steps(int[] events) =>
        Array.TrueForAll(events, EventNumber.IsStep) ? events : Array.FindAll(events, EventNumber.IsStep);

    private static int[] Errors(int[] events) => Array.FindAll(events, EventNumber.IsError);

    private static Dictionary<int, int> Count(List<int[]> requests)
    {
        var counts = new Dictionary<int, int>();
        foreach (var request in requests)
        {
            foreach (var step in request)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, step, out _)++;
        }

        return counts;
    }
}

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
            parts.Add("no longer: " + string.Join(", ", Missing.Take(FlowThresholds.MostTold).Select(n => EventNumber.Describe(n, names))));
        if (New.Count > 0)
            parts.Add("new: " + string.Join(", ", New.Take(FlowThresholds.MostTold).Select(n => EventNumber.Describe(n, names))));
        return string.Join("; ", parts);
    }
}
