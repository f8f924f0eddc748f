using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Linking;

/// <summary>Names that are said in other words, and words that hold more than a name.</summary>
internal sealed partial class Linker
{
    // "top-ups made in the app": beside a service that is named, a value that is called so, not what a description says.
    private Link? ValueOfOther(Link link, List<Link> kept) =>
        link is { Kind: LinkKind.Service, Length: 1, Quality: <= ServiceNames.Described }
        && kept.Exists(other => other is { Kind: LinkKind.Service, Quality: >= 0.9 } && other != link)
        && index.Attributes.FindValue(wordTokens[link.Start].Lower) is { Quality: > 0.95 } value
            ? new Link(link.Start, link.End, LinkKind.Value, value.Targets, value.Quality)
            : null;

    // "activating a SIM": what a service called so does, in whatever order and form.
    private Link? Rooted(int start, int end)
    {
        bool IsSmall(int i) => WordRoles.Connecting.Contains(wordTokens[i].Lower);
        if (
            end - start is < NameRoots.FewestParts or > NameRoots.LongestPhrase
            || IsSmall(start)
            || IsSmall(end - 1)
            || !WholeGroup(start, end)
            || Enumerable.Range(start, end - start).Any(i => wordTokens[i].Kind != WordTokenKind.Word)
            || concepts.Any(c => c.End - c.Start > 1 && c.Start < end && start < c.End)
        )
            return null;
        var words = Enumerable.Range(start, end - start).Where(i => !IsSmall(i)).Select(i => wordTokens[i].Lower).ToList();
        if (words.Count > NameRoots.MostParts || index.Services.FindRoots(words) is not { Targets.Count: 1 } found)
            return null;
        // "fraud score" is the attribute that is called so.
        var joined = NameParts.Joined(words);
        return
            index.Attributes.FindKey(joined, NameParts.Stemmed(words)) is { Quality: > 0.95 }
            || index.Attributes.FindValue(joined) is { Quality: > 0.95 }
            ? null
            : new Link(start, end, LinkKind.Service, found.Targets, found.Quality);
    }

    // "payment-errors", "CHF-only": what is left of the word is no part of a name.
    private bool RestIsPlain(Link link)
    {
        var group = wordTokens[link.Start].Group;
        for (var i = 0; i < wordTokens.Count; i++)
        {
            if (
                wordTokens[i].Group == group
                    && (i < link.Start || i >= link.End)
                    && !(IsConceptWord(i) || FillerWords.IsFiller(wordTokens[i].Lower))
                || wordTokens[i].Group == group && wordTokens[i].Glue is '.' or '_' or WordToken.CamelGlue
            )
                return false;
        }

        return wordTokens[link.End - 1].Group == group;
    }

    private bool WholeGroup(int start, int end) =>
        (wordTokens[start].Glue is '\0' or '/' or ':') && (end >= wordTokens.Count || wordTokens[end].Glue is '\0' or '/' or ':');
}
