using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using static Copilot.Language.Asks.AskConcepts;

namespace Copilot.Language.Asks;

/// <summary>Where a text may be cut, and whether what follows begins a question of its own.</summary>
internal static class ClauseBreaks
{
    public static bool IsHardBreak(Sentence s, int i) =>
        s.Tokens[i].Kind == WordTokenKind.Symbol
        && s.TimeAt(i) is null
        && s.LinkAt(i) is null
        && (
            s.Tokens[i].Text is "?" or "!" or ";" or "\n"
            || s.Tokens[i].Text is "." or ".." or "..." && (i + 1 == s.Tokens.Count || s.Tokens[i + 1].Glue == '\0')
        );

    public static bool IsSoftBreak(Sentence s, int i) =>
        s.TimeAt(i) is null
        && (s.Tokens[i].Kind == WordTokenKind.Symbol && s.Tokens[i].Text is "," or ":" or "-" or "+" or "&" || s.MeansAt(i, Concept.Joint));

    /// <summary>It begins a question, at its start or behind a colon: "For the minutes of the review: which changes …"</summary>
    public static bool Asks(Sentence s, int start, int end) =>
        Opens(s, Behind(s, start, end), end)
        || Enumerable.Range(start, end - start).Any(i => s.Tokens[i].IsSymbol(":") && Opens(s, i + 1, end));

    // "`checksum mismatch` where does this come from": behind what was pasted.
    private static int Behind(Sentence s, int start, int end) =>
        start + 1 < end && s.Tokens[start].Kind == WordTokenKind.Quoted ? start + 1 : start;

    // What follows begins a question of its own, whatever small words and times stand before it.
    public static bool Opens(Sentence s, int at, int end)
    {
        // "…, with what message": belongs to what stands before it.
        if (s.WordAt(at) is { } first && WordRoles.Appending.Contains(first))
            return false;
        var left = 7;
        for (var i = at; i < end && left > 0; i++, left--)
        {
            if (s.TimeAt(i) is { } time)
            {
                i = time.End - 1;
                left++;
                continue;
            }

            if (s.MarkAt(i) is { } mark)
            {
                // "search was failing": "was" asks only in German, or where it begins.
                if (mark.Start > at && s.Language != "de" && mark.Senses.Contains(Concept.Be) && mark.Senses.Contains(Concept.What))
                {
                    i = mark.End - 1;
                    continue;
                }

                // "Doing the release log today.": what somebody is at.
                if (
                    mark.Start == at
                    && mark.End - mark.Start == 1
                    && mark is { Concept: Concept.Overview }
                    && mark.Senses.Contains(Concept.Do)
                )
                    return false;
                // "everyone who is not on web, how many …": who they are, not who it is.
                if (mark.Concept == Concept.Who && mark.Start > at && s.MeansAt(mark.Start - 1, Concept.Person, Concept.Every))
                    return false;
                // "requests from 8 to 9 and whose amount was over 1000": which ones, not who.
                if (
                    mark.Senses.Contains(Concept.Owner)
                    && mark.Senses.Contains(Concept.Who)
                    && s.LinkAt(mark.End) is { Kind: LinkKind.Key }
                )
                    return false;
                // "clients get their mails late": people, not who calls.
                if (mark.Senses.Contains(Concept.Person) && mark.Concept is Concept.Callers or Concept.Team)
                {
                    i = mark.End - 1;
                    continue;
                }

                // "…, and the same for cart"
                if (mark.Senses.Contains(Concept.SameFor))
                    return true;
                // "Where I came from …": a story, unless it ends with a question mark.
                if (
                    mark.Senses.Any(c => c is Concept.Where or Concept.When or Concept.What)
                    && s.MeansAt(mark.End, Concept.Person)
                    && !s.MeansAt(mark.End, Concept.Be, Concept.Do)
                    && !EndsAsked(s, end)
                )
                    return false;
                // "…, and the config changes of X": more than one of them, and what they are of.
                if (mark.Senses.Any(c => c is Concept.Change or Concept.Deploy or Concept.Flag or Concept.Config) && Listed(s, at, i, mark))
                    return true;
                // "…, and all the changes of X"
                if (
                    mark.Senses.Contains(Concept.Every)
                    && Enumerable.Range(mark.End, 3).Any(j => s.MeansAt(j, Concept.Change, Concept.Deploy, Concept.Log, Concept.ErrorLog))
                )
                    return true;
                // "… and threw exceptions": a state, not the wish to see them.
                if (mark.Concept != Concept.Failed && !IsSome(s, mark) && mark.Senses.Any(c => Openers.Contains(c) || Asked.Contains(c)))
                    return !IsTold(s, at, mark) && !IsRelative(s, at, mark);
                if (mark.Senses.Any(Passing.Contains))
                {
                    i = mark.End - 1;
                    continue;
                }

                return false;
            }

            // "then tell me checkout's error rate"
            if (s.LinkAt(i) is { Kind: LinkKind.Service or LinkKind.Operation } name)
            {
                i = name.End - 1;
                continue;
            }

            if (s.LinkAt(i) is not null)
                return ErrorNouns.Heads(s, at, end) && s.MeansAt(at - 1, Concept.Joint);
            if (s.Tokens[i].Kind == WordTokenKind.Word && !FillerWords.IsFiller(s.Tokens[i].Lower))
                return false;
        }

        return false;
    }

    private static bool EndsAsked(Sentence s, int from)
    {
        var i = Math.Max(0, from - 1);
        while (i < s.Tokens.Count && !IsHardBreak(s, i))
            i++;
        return i < s.Tokens.Count && s.Tokens[i].IsSymbol("?");
    }

    private static bool Listed(Sentence s, int from, int at, ConceptMark mark)
    {
        var last = mark;
        while (s.MarkAt(last.End) is { } next && next.Senses.Any(c => c is Concept.Change or Concept.Deploy or Concept.Flag))
            last = next;
        return at > from
            && s.MeansAt(from - 1, Concept.Joint)
            && s.MeansAt(at - 1, Concept.Article)
            && WordStem.IsPlural(s.Tokens[last.End - 1].Lower)
            && (s.MeansAt(last.End, Concept.Preposition) || s.TimeAt(last.End) is not null || s.LinkAt(last.End) is not null);
    }

    /// <summary>"A number of customers wrote to us": nothing is to be counted.</summary>
    public static bool IsSome(Sentence s, ConceptMark mark) => s.WordAt(mark.Start) is "number" && s.WordAt(mark.Start - 1) is "a";

    // "they get an error": said of somebody, not asked for; "could you get me" asks.
    private static bool IsTold(Sentence s, int from, ConceptMark mark) =>
        (mark.Concept is Concept.Show or Concept.Share || mark.Senses.Any(c => c is Concept.Says or Concept.Summary))
        && mark.End - mark.Start == 1
        && (
            s.MeansAt(mark.Start - 1, Concept.Person, Concept.Pronoun)
            || mark.Start > from && s.LinkAt(mark.Start - 1) is not null
            || IsNoun(s, from, mark.Start - 1)
        )
        && !Enumerable.Range(from, mark.Start - from).Any(i => s.MeansAt(i, Concept.Modal));

    // "clients get their mails late"
    private static bool IsNoun(Sentence s, int from, int at) =>
        at >= from
        && s.Tokens[at].Kind == WordTokenKind.Word
        && s.MarkAt(at) is null
        && s.LinkAt(at) is null
        && !FillerWords.IsFiller(s.Tokens[at].Lower)
        && PlainWords.IsNoun(s.Tokens[at].Lower);

    /// <summary>"Since 08:01, when 5.12.0 went live": what happened then.</summary>
    public static bool IsMoment(Sentence s, int at) =>
        at > 1
        && s.Tokens[at - 1].IsSymbol(",")
        && s.TimeAt(at - 2) is not null
        && s.MarkAt(at) is { Concept: Concept.When } when
        && when.Start == at
        && !s.MeansAt(when.End, Concept.Be, Concept.Do);

    // "…, which I first took for impatience.": behind a comma, in a sentence that is no question. "which deploys" asks.
    private static bool IsRelative(Sentence s, int at, ConceptMark mark)
    {
        if (IsMoment(s, at))
            return true;
        if (
            mark.Start != at
            || at == 0
            || !s.Tokens[at - 1].IsSymbol(",")
            || !mark.Senses.Any(c => c is Concept.Which or Concept.Who or Concept.Where or Concept.When or Concept.What)
            || s.LinkAt(mark.End) is { Kind: LinkKind.Key }
            || s.MeansAt(mark.End, AskedNouns)
        )
            return false;
        var start = at - 1;
        while (start > 0 && !IsHardBreak(s, start - 1))
            start--;
        if (Opens(s, start, at - 1) || IsLead(s, start, at - 1))
            return false;
        for (var i = at; i < s.Tokens.Count; i++)
        {
            if (IsHardBreak(s, i))
                return !s.Tokens[i].IsSymbol("?") && !s.Tokens[i].IsSymbol("\n");
        }

        return false;
    }

    // "Finally, who …", "Then, for the same time, which …"
    private static bool IsLead(Sentence s, int start, int end) =>
        Enumerable
            .Range(start, end - start)
            .All(i =>
                s.TimeAt(i) is not null
                || s.LinkAt(i) is not null
                || s.Tokens[i].Kind != WordTokenKind.Word
                || s.MeansAt(i, Resting)
                || s.MarkAt(i) is null && FillerWords.IsFiller(s.Tokens[i].Lower)
            );
}
