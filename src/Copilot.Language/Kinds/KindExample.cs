namespace Copilot.Language.Kinds;

/// <summary>One question of somebody, or one clause of a message, with names and times masked.</summary>
/// <param name="Kinds">Those of the answers that are right for it; <see cref="AskKind.Told"/> alone where it asks for nothing; empty where it
/// asks for something of a kind that nobody said.</param>
/// <param name="IsClause">It either asks or tells, and does not do both.</param>
internal sealed record KindExample(string Author, IReadOnlySet<AskKind> Kinds, IReadOnlyCollection<string> Features, bool IsClause)
{
    // It asks for something; of which kind is not said.
    private const string Unsaid = "-";

    private static readonly string[] Breaks = [".", "!", "?", ":", ";", ",", "-"];

    /// <summary>A line of the corpus: author, kinds, masked words.</summary>
    public static KindExample Parse(string line)
    {
        var parts = line.Split('\t');
        var words = parts[2].Split(' ');
        return new KindExample(
            parts[0],
            parts[1].Split(',').Where(kind => kind != Unsaid).Select(Enum.Parse<AskKind>).ToHashSet(),
            KindFeatures.Of(words),
            parts[1] is Unsaid or nameof(AskKind.Told) || !words.SkipLast(1).Any(Breaks.Contains)
        );
    }
}
