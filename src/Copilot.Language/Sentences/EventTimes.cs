using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>Times around a change in one way of saying: "the minute leading up to the rollback", "1 min pre- and post-rollback", "from the
/// rollback up to now". What it is said by becomes "before", "after" and "since"; a text without a change stays as it is.</summary>
internal static class EventTimes
{
    private const int Near = 6;

    private static readonly Concept[] Events = [Concept.Rollback, Concept.Deploy, Concept.Flag, Concept.Config];

    private static readonly List<(string[] Words, string Said)> Phrases =
    [
        .. WordFiles
            .Read("anchors")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('|').Select(p => (p.Trim(), line)))
            .Select(p => (p.Item1.Split(' '), p.line[..p.line.IndexOf(':', StringComparison.Ordinal)]))
            .OrderByDescending(p => p.Item1.Length),
    ];

    public static IReadOnlyList<WordToken> Spell(IReadOnlyList<WordToken> wordTokens)
    {
        var tokens = Together(wordTokens);
        if (!Enumerable.Range(0, tokens.Count).Any(i => IsEvent(tokens, i)))
            return wordTokens;
        var said = new List<WordToken>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (NowAfter(tokens, i) is { } now && said.Exists(t => t.Lower is Since or After))
            {
                i = now - 1;
                continue;
            }

            if (BothSides(tokens, i) is { } both)
            {
                said.AddRange([tokens[i], Word(tokens[i], BeforeWord), Word(tokens[i], And), tokens[i], Word(tokens[i], After)]);
                i = both - 1;
                continue;
            }

            if (Phrase(tokens, i) is { } phrase && IsOfEvent(tokens, i, phrase.End))
            {
                Lengthen(said);
                said.Add(Word(tokens[i], phrase.Said));
                i = phrase.End - 1;
                // "pre- and post-rollback"
                if (i + 1 < tokens.Count && tokens[i + 1].IsSymbol("-"))
                    i++;
                continue;
            }

            said.Add(
                IsFrom(tokens, i) ? Word(tokens[i], Since)
                : IsEvent(tokens, i) && tokens[i].Glue == '-' ? Loose(tokens[i])
                : tokens[i]
            );
        }

        return said;
    }

    private const string BeforeWord = "before";
    private const string After = "after";
    private const string Since = "since";
    private const string And = "and";

    private static WordToken Word(WordToken at, string lower) =>
        Loose(at) with
        {
            Kind = WordTokenKind.Word,
            Text = lower,
            Lower = lower,
            Stem = lower,
            Value = 0,
        };

    private static WordToken Loose(WordToken token) => token with { Glue = '\0', Group = -token.Group - Far };

    // Apart from the groups that the text has.
    private const int Far = 100_000;

    // "the last minute before", "the minute after": one minute.
    private static void Lengthen(List<WordToken> said)
    {
        if (said.Count < 2 || said[^1].Kind is not (WordTokenKind.Word or WordTokenKind.Duration))
            return;
        var nanos = said[^1].Kind == WordTokenKind.Duration ? said[^1].Value : TimeTokens.NanosOf(said[^1].Lower);
        if (nanos < 1e9)
            return;
        var at = said.Count - 1;
        var lead = at - 1;
        if (said[at].Kind == WordTokenKind.Word && Cardinals.Of(said[lead].Lower) is { } count)
        {
            nanos *= count;
            at--;
            lead--;
        }

        var sequenced =
            lead >= 0 && WordRoles.Sequence.Contains(said[lead].Lower) || lead >= 0 && WordRoles.Final.Contains(said[lead].Lower);
        said[at] = said[at] with
        {
            Kind = WordTokenKind.Duration,
            Text = string.Join(' ', said.Skip(at).Select(t => t.Text)),
            Lower = string.Join(' ', said.Skip(at).Select(t => t.Lower)),
            Stem = "",
            Value = nanos,
        };
        said.RemoveRange(at + 1, said.Count - at - 1);
        if (sequenced)
            said.RemoveAt(lead);
    }

    // "rolled payment back"
    private static List<WordToken> Together(IReadOnlyList<WordToken> wordTokens)
    {
        var tokens = wordTokens.ToList();
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (!WordRoles.Rolling.Contains(tokens[i].Lower))
                continue;
            for (var j = i + 2; j < Math.Min(tokens.Count, i + Near); j++)
            {
                if (tokens[j - 1].IsBreak)
                    break;
                if (!WordRoles.Back.Contains(tokens[j].Lower))
                    continue;
                var back = tokens[j];
                tokens.RemoveAt(j);
                tokens.Insert(i + 1, back);
                break;
            }
        }

        return tokens;
    }

    private static bool IsEvent(IReadOnlyList<WordToken> tokens, int i) =>
        tokens[i].Kind == WordTokenKind.Word
        && PhraseTable.Standard.FindAll(tokens, i, _ => true) is { } found
        && Events.Contains(found.Concepts[0]);

    private static (string Said, int End)? Phrase(IReadOnlyList<WordToken> tokens, int at)
    {
        foreach (var (words, said) in Phrases)
        {
            if (at + words.Length <= tokens.Count && !words.Where((w, n) => tokens[at + n].Lower != w).Any())
                return (said, at + words.Length);
        }

        return null;
    }

    // The change follows, or a word that points at it; or a length stands before.
    private static bool IsOfEvent(IReadOnlyList<WordToken> tokens, int start, int end)
    {
        for (var i = end; i < Math.Min(tokens.Count, end + Near); i++)
        {
            if (IsEvent(tokens, i))
                return true;
            if (tokens[i].IsBreak && !tokens[i].IsSymbol("-") || tokens[i].Kind is WordTokenKind.Clock or WordTokenKind.Instant)
                break;
        }

        return IsLength(tokens, start - 1)
            && (
                end == tokens.Count
                || tokens[end].IsBreak
                || WordRoles.It.Contains(tokens[end].Lower)
                || tokens[end].Kind == WordTokenKind.Word
            )
            && Enumerable.Range(0, start).Any(i => IsEvent(tokens, i));
    }

    private static bool IsLength(IReadOnlyList<WordToken> tokens, int i) =>
        i >= 0 && (tokens[i].Kind == WordTokenKind.Duration || TimeTokens.NanosOf(tokens[i].Lower) >= 1e9);

    // "from the rollback on", "from the rollback until now"
    private static bool IsFrom(IReadOnlyList<WordToken> tokens, int i)
    {
        if (!WordRoles.From.Contains(tokens[i].Lower))
            return false;
        for (var j = i + 1; j < Math.Min(tokens.Count, i + Near); j++)
        {
            if (tokens[j].IsBreak)
                return false;
            if (IsEvent(tokens, j))
                return Enumerable
                    .Range(j + 1, Math.Min(Near, tokens.Count - j - 1))
                    .Any(k => WordRoles.Onwards.Contains(tokens[k].Lower) || NowAfter(tokens, k) is not null);
        }

        return false;
    }

    // "until now", "up to the present", "onwards": where a time since a change ends anyway.
    private static int? NowAfter(IReadOnlyList<WordToken> tokens, int i)
    {
        if (WordRoles.Onwards.Contains(tokens[i].Lower))
            return i + 1;
        var at = i;
        while (at < tokens.Count && (WordRoles.Until.Contains(tokens[at].Lower) || WordRoles.Upto.Contains(tokens[at].Lower)))
            at++;
        return at > i && at < tokens.Count && WordRoles.Present.Contains(tokens[at].Lower) ? at + 1 : null;
    }

    // "one minute before and after the change", "a minute either side of it"
    private static int? BothSides(IReadOnlyList<WordToken> tokens, int i)
    {
        if (tokens[i].Kind != WordTokenKind.Duration)
            return null;
        var at = i + 1;
        while (at < tokens.Count && at < i + Near && WordRoles.Sides.Contains(tokens[at].Lower))
            at++;
        return at - i > 2 && Enumerable.Range(i + 1, at - i - 1).Any(j => WordRoles.Sided.Contains(tokens[j].Lower)) ? at : null;
    }
}
