namespace Copilot.Language.Lexicon;

/// <summary>Words as people shorten them in a chat ("wht", "svcs"), and what they stand for (<c>Words/short-forms.txt</c>).</summary>
internal static class ShortForms
{
    private static readonly Dictionary<string, string> Whole = WordFiles
        .Read("short-forms")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':', StringSplitOptions.TrimEntries))
        .SelectMany(parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(form => (form, Word: parts[0])))
        .ToDictionary(x => x.form, x => x.Word, StringComparer.Ordinal);

    /// <summary>The word in full; null for what is no short form.</summary>
    public static string? Of(string lower) => Whole.GetValueOrDefault(lower);
}
