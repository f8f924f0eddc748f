namespace Copilot.Language.Lexicon;

/// <summary>Spells out a phrase of the lexicon that stands for several: "(slower/longer) than [the/its] average" has a choice of words and
/// words that may be left out.</summary>
internal static class PhrasePatterns
{
    /// <exception cref="FormatException">A bracket is not closed.</exception>
    public static IEnumerable<string> Spelled(string phrase)
    {
        var open = phrase.AsSpan().IndexOfAny('(', '[');
        if (open < 0)
            return [string.Join(' ', phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        var close = phrase.IndexOf(phrase[open] == '(' ? ')' : ']', open);
        if (close < 0)
            throw new FormatException($"The phrase \"{phrase}\" of the lexicon has a bracket that is not closed.");
        var choices = phrase[(open + 1)..close].Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (phrase[open] == '[')
            choices = [.. choices, ""];
        return choices.SelectMany(choice => Spelled($"{phrase[..open]}{choice}{phrase[(close + 1)..]}"));
    }
}
