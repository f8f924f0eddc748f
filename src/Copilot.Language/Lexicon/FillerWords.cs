namespace Copilot.Language.Lexicon;

/// <summary>Words that carry no meaning of their own here (filler), and words of everyday language that are no names (ordinary).</summary>
internal static class FillerWords
{
    private static readonly HashSet<string> Fillers = WordFiles.Words("fillers");
    private static readonly HashSet<string> Ordinary = WordFiles.Words("ordinary");

    /// <summary>Plain filler: not worth naming among the words that changed nothing.</summary>
    public static bool IsFiller(string lower) => Fillers.Contains(lower);

    private static readonly Dictionary<string, HashSet<string>> Foreign = new[] { "fr", "es" }.ToDictionary(
        code => code,
        code => WordFiles.Words("fillers-" + code)
    );

    /// <param name="language">"de", "fr", "es"; null for English.</param>
    public static bool IsFiller(string lower, string? language) =>
        Fillers.Contains(lower) || language is not null && Foreign.TryGetValue(language, out var words) && words.Contains(lower);

    /// <summary>A word of everyday language; it is no mistyped name.</summary>
    public static bool IsOrdinary(string lower) => Fillers.Contains(lower) || Ordinary.Contains(lower);
}

/// <summary>Verbs that order something to be done.</summary>
internal static class ActionWords
{
    private static readonly HashSet<string> Actions = WordFiles.Words("actions");

    // Verbs that are nouns too, or that ask as well as they order: only with an object behind them.
    private static readonly HashSet<string> Doubtful = WordFiles.Words("doubtful");

    public static IEnumerable<string> All => Actions;

    /// <summary>Orders something wherever a clause begins with it.</summary>
    public static bool IsAction(string lower) => Actions.Contains(lower);

    // "Restarted", "stopped", "scaled"; "restarting".
    private static readonly HashSet<string> Afterwards = [.. WordRoles.Operated.SelectMany(Forms("ed"))];
    private static readonly HashSet<string> Meanwhile = [.. WordRoles.Operated.SelectMany(Forms("ing"))];

    private static Func<string, IEnumerable<string>> Forms(string ending) =>
        verb => verb[^1] == 'e' ? [verb[..^1] + ending] : [verb + ending, verb + verb[^1] + ending];

    /// <summary>Something that is done to a running system, in any form of the verb.</summary>
    public static bool IsOperated(string lower) =>
        WordRoles.Operated.Contains(lower) || Afterwards.Contains(lower) || Meanwhile.Contains(lower);

    public static bool IsOperatedAfterwards(string lower) => Afterwards.Contains(lower);

    /// <summary>Orders something only with an object behind it.</summary>
    public static bool IsDoubtful(string lower) => Doubtful.Contains(lower);
}
