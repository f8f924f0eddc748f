namespace Copilot.Analysis.Statistics;

/// <summary>Things that are alike but for one property.</summary>
/// <param name="Hits">Of those with the property, so many are hit.</param>
/// <param name="Count">So many have the property.</param>
/// <param name="AllHits">So many are hit in all.</param>
/// <param name="All">So many there are.</param>
public readonly record struct Stratum(int Hits, int Count, int AllHits, int All);
