using Copilot.Models.Facts;

namespace Copilot.Models.Checking;

/// <summary>A number that no result holds, and what it may follow from.</summary>
internal sealed record Reckoning
{
    public required Mention Number { get; init; }

    public required string Sentence { get; init; }

    /// <summary>What its words say that it measures; null where they do not.</summary>
    public required string? Measure { get; init; }

    /// <summary>It is the whole of a part: "7 of its 26".</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Facts that its sentence cites.</summary>
    public required IReadOnlyList<Fact> Cited { get; init; }

    /// <summary>Facts that the sentences before have cited.</summary>
    public required IReadOnlyList<Fact> Earlier { get; init; }

    /// <summary>Those that the very last one has.</summary>
    public required IReadOnlyList<Fact> Last { get; init; }

    /// <summary>Facts of what the sentence speaks of.</summary>
    public required IReadOnlyList<Fact> Beside { get; init; }

    /// <summary>What one list holds of two that the sentence names.</summary>
    public required IReadOnlyList<(Fact First, Fact Second)> Named { get; init; }

    /// <summary>Times that the sentence and those before cite.</summary>
    public required IReadOnlyList<DateTimeOffset> Instants { get; init; }

    /// <summary>The words close to it.</summary>
    public string Near =>
        Sentence[
            Math.Max(0, Number.At - CheckingThresholds.ReckonedBefore)..Math.Min(
                Sentence.Length,
                Number.End + CheckingThresholds.ReckonedBehind
            )
        ];

    /// <summary>Like figures that may be reckoned with one another: two of this sentence, one of it and one before it, or, where it has
    /// none of that kind, two before it; and the two sides of what it speaks of.</summary>
    public IEnumerable<(Fact First, Fact Second)> Pairs(Func<Fact, bool> of)
    {
        var own = Cited.Where(of).ToList();
        var first = own.Count > 0 ? own : [.. Last.Where(of)];
        var second = own.Count > 0 ? [.. own, .. Earlier.Where(of)] : first;
        foreach (var one in first)
        {
            foreach (var other in second.Where(other => !ReferenceEquals(one, other) && IsLike(one, other)))
            {
                yield return (one, other);
                yield return (other, one);
            }
        }

        foreach (var pair in Named.Where(pair => of(pair.First)))
            yield return pair;
        // Of what is counted in one row the rest follows: all of them without those that failed.
        foreach (var one in own.Where(fact => fact.Unit == Phrases.FactUnit.Plain && fact.Family.Length > 0))
        {
            foreach (var other in one.Entry.Facts.Where(fact => of(fact) && fact.Family != one.Family && IsLike(one, fact)))
                yield return (one, other);
        }

        foreach (var now in Beside.Where(fact => fact.Side == FactSideNow && of(fact)))
        {
            foreach (var before in now.Entry.Facts.Where(fact => fact.Side == FactSideBefore && IsLike(now, fact)))
            {
                yield return (now, before);
                yield return (before, now);
            }
        }
    }

    private const Phrases.FactSide FactSideNow = Phrases.FactSide.Now;
    private const Phrases.FactSide FactSideBefore = Phrases.FactSide.Before;

    private static bool IsLike(Fact first, Fact second) =>
        first.Unit == second.Unit
        && !first.IsCountOfList
        && !second.IsCountOfList
        && (
            first.Family == second.Family
            || first.Family.Length == 0
            || second.Family.Length == 0
            || first.Family == MeasureNames.Asked
            || second.Family == MeasureNames.Asked
            || (first.Unit == Phrases.FactUnit.Plain && first.Entry == second.Entry)
        );
}
