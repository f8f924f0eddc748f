namespace Copilot.Store.Reads.Logs;

/// <summary>Messages that differ only in numbers and ids are one: those are put aside, and so are quotes around them.</summary>
internal static class MessagePatternSql
{
    /// <summary>Long enough to tell messages apart; what follows is mostly values.</summary>
    private const int Longest = 400;

    // Any word with a digit in it: numbers, UUIDs, hashes, order-4711; and eight or more hex letters.
    private const string Values = @"\y[[:alnum:]_-]*[0-9][[:alnum:]_-]*\y|\y[a-f]{8,}\y|\y[A-F]{8,}\y";
    private const string Quoted = "\"[^\"]*…[^\"]*\"|(?<![[:alnum:]])''[^'']*…[^'']*''";
    private const string Runs = @"…(?:[.:,/]…)+";

    /// <summary>The pattern of a text, as SQL.</summary>
    public static string Of(string text) =>
        $"regexp_replace(regexp_replace(regexp_replace(left({text}, {Longest}), '{Values}', '…', 'g'), '{Quoted}', '…', "
        + $"'g'), '{Runs}', '…', 'g')";
}
