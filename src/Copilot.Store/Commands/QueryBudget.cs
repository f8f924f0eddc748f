namespace Copilot.Store.Commands;

/// <summary>How much a question may cost, by whatever entrance it comes. Bound from the section <c>Store:Queries</c>.</summary>
public sealed record QueryBudget
{
    /// <summary>What is looked into at once for a cause; raw counts of more than that say nothing about one trouble.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);

    /// <summary>
    /// How many places a regular expression may have, counted repeats written out.
    /// </summary>
    public const int MostPatternStates = 4_000;

    /// <summary>
    /// How many of these may be left out or repeated. Postgres follows all choices at once: 2,000 names take it 30 ms with thirty <c>.*</c>
    /// in a row,
    /// 0.2 s with a hundred, 2.3 s with 250, and 92 s with 500 <c>.?</c>; without choices 2,000 places take it 60 ms.
    /// </summary>
    public const int MostPatternChoices = 100;

    /// <summary>How many structural operators a query may have: each looks at all the spans again.</summary>
    public const int MostStructures = 8;

    /// <summary>How many spans a query may read; about a million a second on one core.</summary>
    public long MaxSpans { get; init; } = 30_000_000;

    /// <summary>How long a question over HTTP may take, and a statement of it.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(20);
}
