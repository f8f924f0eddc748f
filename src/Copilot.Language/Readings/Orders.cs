using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Readings;

/// <summary>Orders that no verb at the head of a clause gives, and verbs at its head that only ask for figures to be laid out.</summary>
internal static class Orders
{
    private static readonly Concept[] Named =
    [
        Concept.ErrorRate,
        Concept.SuccessRate,
        Concept.Percentile,
        Concept.Median,
        Concept.Mean,
        Concept.Latency,
        Concept.Throughput,
        Concept.Traffic,
        Concept.Maximum,
        Concept.Minimum,
        Concept.Count,
        Concept.Share,
    ];

    private static readonly Concept[] Figures = [.. Named, Concept.Failed, Concept.Request, Concept.Slow];

    private static readonly Concept[] Shapes =
    [
        Concept.Compare,
        Concept.Plot,
        Concept.Summary,
        Concept.Overview,
        Concept.BreakDown,
        Concept.Show,
    ];

    private static readonly HashSet<string> Infrastructure = WordFiles.Words("infrastructure");

    // What may stand between "make" and "a table".
    private const int ShapeReach = 5;

    // "could you have the payment service restarted": a name and its small words.
    private const int ObjectReach = 7;

    /// <summary>"Put the p95 of X next to that of Y", "make me a table of …", "run a comparison": figures are to be seen.</summary>
    public static bool Presents(Sentence s, int verb)
    {
        if (!WordRoles.Presenting.Contains(s.Tokens[verb].Lower))
            return false;
        var end = verb + 1;
        while (end < s.Tokens.Count && !s.IsEnd(end))
            end++;
        if (s.MayMeanIn(verb + 1, end, Concept.Channel))
            return false;
        if (s.MayMeanIn(verb + 1, end, Concept.Compare) && s.MayMeanIn(0, end, Figures))
            return true;
        return Enumerable
            .Range(verb + 1, Math.Max(0, Math.Min(ShapeReach, end - verb - 1)))
            .TakeWhile(i => !s.Tokens[i].IsBreak)
            .Any(i => s.MeansAt(i, Shapes) || WordRoles.Answering.Contains(s.Tokens[i].Lower));
    }

    /// <summary>"Give X a restart", "have X restarted", "a restart of X, please": null where nothing is ordered so.</summary>
    public static string? Otherwise(Sentence s)
    {
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (!IsOperated(s, i) || s.LinkAt(i) is not null || IsQuestion(s, i))
                continue;
            var start = StartOf(s, i);
            // "give it a restart", "request that a restart …": the noun, behind a verb that wishes or does.
            var wished = s.WordAt(i - 1) is { } article && WordRoles.Indefinite.Contains(article) && Wishes(s, start, i);
            // "have it restarted", "get it stopped and started again"
            var caused =
                ActionWords.IsOperatedAfterwards(s.Tokens[i].Lower)
                && Enumerable
                    .Range(Math.Max(start, i - ObjectReach), Math.Min(ObjectReach, i - start))
                    .Any(j =>
                        WordRoles.Granting.Contains(s.Tokens[j].Lower)
                        && j + 1 < i
                        && (
                            j == start
                            || s.MeansAt(j - 1, Concept.Modal, Concept.Person)
                            || s.WordAt(j - 1) is { } to && WordRoles.Until.Contains(to)
                        )
                        && Enumerable.Range(j + 1, i - j - 1).All(k => IsObject(s, k))
                    );
            if (wished || caused)
                return s.Words(start, Math.Min(s.Tokens.Count, i + 1));
        }

        return Scaled(s) ?? Done(s);
    }

    // "bring X up to 10 replicas": nobody asks a question so.
    private static string? Scaled(Sentence s) =>
        Enumerable
            .Range(1, Math.Max(0, s.Tokens.Count - 2))
            .Where(i =>
                s.Tokens[i].Kind == WordTokenKind.Number
                && WordRoles.Copies.Contains(s.Tokens[i + 1].Lower)
                && s.WordAt(i - 1) is { } to
                && WordRoles.Until.Contains(to)
                && s.LinksIn(StartOf(s, i), i).Any(l => l.Kind == LinkKind.Service)
                && !IsQuestion(s, i)
            )
            .Select(i => s.Words(StartOf(s, i), i + 2))
            .FirstOrDefault();

    // "I want payment back on 3.7.4. Do it."
    private static string? Done(Sentence s)
    {
        for (var i = 0; i + 1 < s.Tokens.Count; i++)
        {
            if (
                !s.MeansAt(i, Concept.Do)
                || !s.MeansAt(i + 1, Concept.Pronoun)
                || i > 0 && !s.Tokens[i - 1].IsBreak && !s.MeansAt(i - 1, Concept.Modal)
            )
                continue;
            var end = i + 2;
            while (
                end < s.Tokens.Count
                && s.Tokens[end].Kind == WordTokenKind.Word
                && (FillerWords.IsOrdinary(s.Tokens[end].Lower) || PlainWords.IsAdverb(s.Tokens[end].Lower))
            )
                end++;
            if (end == s.Tokens.Count || s.IsEnd(end) && !s.Tokens[end].IsSymbol("?"))
                return s.Words(i, i + 2);
        }

        return null;
    }

    /// <summary>What was not understood is something that is done to a running system, and nothing is asked: "payment needs a restart".</summary>
    public static string? Among(Sentence s, IReadOnlyList<string> notUnderstood)
    {
        // "error rate, rollback to now": a figure is asked for.
        if (s.MayMean(Named))
            return null;
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (
                IsOperated(s, i)
                && (!ActionWords.IsOperatedAfterwards(s.Tokens[i].Lower) || s.MeansAt(i - 1, Concept.Be, Concept.Person))
                && !IsQuestion(s, i)
                && s.LinksIn(StartOf(s, i), s.Tokens.Count).Any(l => l.Kind == LinkKind.Service)
                && notUnderstood.Any(w => w.Contains(s.Tokens[i].Text, StringComparison.Ordinal))
            )
                return s.Words(StartOf(s, i), Math.Min(s.Tokens.Count, i + 1));
        }

        return null;
    }

    private static bool IsOperated(Sentence s, int i) =>
        s.Tokens[i].Kind == WordTokenKind.Word && s.TimeAt(i) is null && ActionWords.IsOperated(s.Tokens[i].Lower);

    private static bool Wishes(Sentence s, int start, int at) =>
        Enumerable
            .Range(start, at - start)
            .Any(j =>
                WordRoles.Granting.Contains(s.Tokens[j].Lower)
                || WordRoles.Presenting.Contains(s.Tokens[j].Lower)
                || s.MeansAt(j, Concept.Modal) && j == start
            ) && !s.MayMeanIn(start, at, Concept.Count, Concept.Which, Concept.Explain, Concept.Cause);

    private static bool IsObject(Sentence s, int i) =>
        s.LinkAt(i) is { Kind: LinkKind.Service or LinkKind.Operation }
        || s.MeansAt(i, Concept.Article, Concept.Pronoun, Concept.Service, Concept.Be)
        || WordRoles.Until.Contains(s.Tokens[i].Lower)
        || Infrastructure.Contains(s.Tokens[i].Lower);

    // "was payment restarted?", "which pods were restarted", "when …": asked, not ordered; "could you …?" orders.
    private static bool IsQuestion(Sentence s, int at)
    {
        var start = StartOf(s, at);
        while (start < at && s.MarkAt(start) is null && FillerWords.IsFiller(s.Tokens[start].Lower))
            start++;
        if (s.MeansAt(start, Concept.Modal) && !s.MayMeanIn(start, at, Concept.Show, Concept.Which, Concept.When, Concept.Count))
            return false;
        var end = at;
        while (end < s.Tokens.Count && !s.IsEnd(end))
            end++;
        return end < s.Tokens.Count && s.Tokens[end].IsSymbol("?")
            || s.MarksIn(start, at).Any(m => m.Senses.Any(Asking.Contains) && !IsWish(s, m))
            || start < at && s.MeansAt(start, Concept.Do, Concept.Be) && !IsImperative(s, start);
    }

    private static readonly Concept[] Asking =
    [
        Concept.Which,
        Concept.What,
        Concept.When,
        Concept.Who,
        Concept.Why,
        Concept.Where,
        Concept.Count,
        Concept.Show,
        Concept.Exist,
        Concept.HowLong,
    ];

    // "get X restarted", "I want X to be restarted"
    private static bool IsWish(Sentence s, ConceptMark mark) =>
        mark.Senses.Contains(Concept.Show)
        && Enumerable.Range(mark.Start, mark.End - mark.Start).Any(i => WordRoles.Granting.Contains(s.Tokens[i].Lower));

    // "do a restart", "do me a favour", "be so kind as to …"
    private static bool IsImperative(Sentence s, int start) =>
        s.WordAt(start + 1) is { } next
        && (
            WordRoles.Indefinite.Contains(next) || s.LinkAt(start + 1) is null && s.MarkAt(start + 1) is null && FillerWords.IsFiller(next)
        );

    private static int StartOf(Sentence s, int at)
    {
        while (at > 0 && !s.IsEnd(at - 1) && !s.Tokens[at - 1].IsSymbol(","))
            at--;
        return at;
    }
}
