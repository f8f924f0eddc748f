namespace Copilot.Language.Tokens;

/// <summary>One atom of a question. "product-search" is two, the second glued to the first by '-'.</summary>
internal sealed record WordToken
{
    /// <summary>Stands between the parts of a name in camel case.</summary>
    public const char CamelGlue = '^';

    public required WordTokenKind Kind { get; init; }

    /// <summary>As typed, without quotes.</summary>
    public required string Text { get; init; }

    public string Lower { get; init; } = "";

    public string Stem { get; init; } = "";

    /// <summary>What joins this token to the one before without a space; NUL for none.</summary>
    public char Glue { get; init; }

    /// <summary>Tokens that are glued together share one.</summary>
    public int Group { get; init; }

    /// <summary>Of numbers, percentages (5 for "5 %") and durations (in nanoseconds).</summary>
    public double Value { get; init; }

    /// <summary>Of clock times: since midnight.</summary>
    public TimeSpan TimeOfDay { get; init; }

    /// <summary>Of clock times: the shortest stretch that it can mean, a minute or a second.</summary>
    public TimeSpan Precision { get; init; }

    /// <summary>Of instants and dates.</summary>
    public DateTimeOffset Instant { get; init; }

    /// <summary>Of instants: whether the text says its offset.</summary>
    public bool HasOffset { get; init; }

    public bool IsWord(string lower) => Kind == WordTokenKind.Word && Lower == lower;

    public bool IsSymbol(string text) => Kind == WordTokenKind.Symbol && Text == text;

    /// <summary>Ends a clause.</summary>
    public bool IsBreak => Kind == WordTokenKind.Symbol && Text is "." or ";" or "?" or "!" or "\n" or "," or ":" or "(" or ")" or "-";

    public override string ToString() => Text;
}
