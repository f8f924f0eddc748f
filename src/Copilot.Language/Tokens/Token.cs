namespace Copilot.Language.Tokens;

internal enum WordTokenKind
{
    Word,
    Number,
    Percent,
    Duration,
    Clock,
    Instant,
    Date,
    Version,
    Quoted,
    Path,
    TraceId,
    SpanId,
    Symbol,
}

/// <summary>A light stem: enough that "searches" and "search", "failing" and "failed", "quotes" and "quote" meet.</summary>
internal static class WordStem
{
    public static string Of(string lower)
    {
        if (lower.Length < 4 || !char.IsAsciiLetter(lower[^1]))
            return lower;
        var word = Plural(lower);
        if (word.Length > 5 && word.EndsWith("ing", StringComparison.Ordinal))
            word = Undouble(word[..^3]);
        else if (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal))
            word = Undouble(word[..^2]);
        if (word.Length > 3 && word[^1] == 'e')
            word = word[..^1];
        return word.Length > 3 && word[^1] == 'y' ? word[..^1] + "i" : OneSpelling(word);
    }

    // "Licence" and "license", "authorised" and "authorized", "catalogue", "colour", "centre", "cancelled": one word, spelt here and there.
    private static string OneSpelling(string stem) =>
        stem.Length < 6 ? stem
        : stem.EndsWith("enc", StringComparison.Ordinal) ? stem[..^1] + "s"
        : stem.EndsWith("is", StringComparison.Ordinal) ? stem[..^1] + "z"
        : stem.EndsWith("ogu", StringComparison.Ordinal) ? stem[..^1]
        : stem.EndsWith("our", StringComparison.Ordinal) ? stem[..^2] + "r"
        : stem.EndsWith("ntr", StringComparison.Ordinal) ? stem[..^1] + "er"
        : stem.EndsWith("ell", StringComparison.Ordinal) ? stem[..^1]
        : stem;

    /// <summary>"Services", not "access".</summary>
    public static bool IsPlural(string lower) => lower is [.., not 's', 's'];

    private static string Plural(string word)
    {
        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
            return word[..^3] + "y";
        if (
            word.EndsWith("sses", StringComparison.Ordinal)
            || word.EndsWith("ches", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal)
            || word.EndsWith("xes", StringComparison.Ordinal)
        )
        {
            return word[..^2];
        }

        return word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
    }

    private static string Undouble(string word) =>
        word.Length > 3 && word[^1] == word[^2] && word[^1] is not ('l' or 's' or 'e' or 'o') ? word[..^1] : word;
}
