namespace Copilot.Language.Lexicon;

/// <summary>How many slips of a finger two words are apart: insertions, deletions, substitutions, swaps of neighbours.</summary>
internal static class EditDistance
{
    /// <summary>How many slips are believed for a word of a length.</summary>
    public static int Allowed(int length) =>
        length switch
        {
            < 4 => 0,
            < 6 => 1,
            < 10 => 2,
            _ => 3,
        };

    /// <summary>The distance, or <paramref name="limit"/> + 1 where it is larger.</summary>
    public static int Between(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
            return limit + 1;
        Span<int> before = stackalloc int[64];
        Span<int> last = stackalloc int[64];
        Span<int> row = stackalloc int[64];
        if (b.Length > 62)
            return a == b ? 0 : limit + 1;
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var best = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var value = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    value = Math.Min(value, before[j - 2] + 1);
                row[j] = value;
                best = Math.Min(best, value);
            }

            if (best > limit)
                return limit + 1;
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return Math.Min(last[b.Length], limit + 1);
    }

    /// <summary>One bit a letter: words whose sets differ by more than twice the limit are further apart than it.</summary>
    public static uint Letters(string word)
    {
        var set = 0u;
        foreach (var c in word)
            set |= c is >= 'a' and <= 'z' ? 1u << (c - 'a') : 1u << (26 + c % 6);
        return set;
    }

    /// <summary>An abbreviation keeps the first letter and the order: "chkout", "pymt", "inv".</summary>
    public static bool IsAbbreviation(string part, string whole)
    {
        if (part.Length < 3 || part.Length >= whole.Length || part[0] != whole[0])
            return false;
        if (whole.StartsWith(part, StringComparison.Ordinal))
            return part.Length * 10 >= whole.Length * 3;
        var i = 0;
        foreach (var c in whole)
        {
            if (i < part.Length && part[i] == c)
                i++;
        }

        return i == part.Length && part.Length * 2 >= whole.Length && Consonants(part) * 3 >= Consonants(whole) * 2;
    }

    private static int Consonants(string word) => word.Count(c => c is not ('a' or 'e' or 'i' or 'o' or 'u'));
}
