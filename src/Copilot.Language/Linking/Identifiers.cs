using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Linking;

/// <summary>Attributes of which every value is of one thing: "order.id".</summary>
internal static class Identifiers
{
    /// <summary>How sure a noun is that has an id behind it: surer than whatever else it is called like.</summary>
    public const double OfOneThing = 1.5;

    public static bool Tells(string key) => NameParts.Of(key) is [_, .., var last] && WordRoles.Numbered.Contains(last);

    /// <summary>Whether one thing is meant.</summary>
    public static bool AreTold(AttributeCondition condition) =>
        condition is { Operator: ConditionOperator.Equal, Values: [var value] } && value.Any(char.IsDigit) && Tells(condition.Key);

    /// <summary>Where the id is: behind "number", "id", "#".</summary>
    public static int Behind(IReadOnlyList<WordToken> wordTokens, int at)
    {
        while (at < wordTokens.Count && (wordTokens[at].IsSymbol("#") || WordRoles.Numbered.Contains(wordTokens[at].Lower)))
            at++;
        return at;
    }
}
