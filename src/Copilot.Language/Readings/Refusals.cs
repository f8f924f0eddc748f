using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Readings;

/// <summary>What is asked for but not done here: acting, foretelling, secrets, other subjects, new rules.</summary>
internal static class Refusals
{
    private static readonly HashSet<string> Polite = new(StringComparer.Ordinal)
    {
        "please",
        "pls",
        "plz",
        "can",
        "could",
        "would",
        "will",
        "should",
        "shall",
        "you",
        "u",
        "kindly",
        "be",
        "so",
        "kind",
        "good",
        "as",
        "to",
        "just",
        "now",
        "also",
        "then",
        "and",
        "hey",
        "go",
        "ahead",
        "bitte",
        "immediately",
        "quickly",
        "hi",
        "hello",
        "ok",
        "okay",
        "so",
        "we",
        "i",
        "let",
        "us",
        "copilot",
        "bot",
        "try",
        "to",
        "want",
        "need",
        "like",
        "have",
        "must",
        "better",
        "maybe",
        "how",
        "do",
        "does",
        "mal",
        "asap",
        "afterwards",
        "next",
        "finally",
        "first",
        "system",
        "team",
        "guys",
        "someone",
        "somebody",
        "help",
        "me",
        "lets",
        "yes",
        "sudo",
        "automatically",
        "instead",
        "again",
    };

    private static readonly HashSet<string> Objects = new(StringComparer.Ordinal)
    {
        "the",
        "a",
        "an",
        "all",
        "my",
        "our",
        "every",
        "it",
        "them",
        "this",
        "that",
        "these",
        "those",
        "back",
        "new",
        "us",
        "everyone",
        "everybody",
        "me",
        "him",
        "her",
        "an",
        "up",
        "off",
        "to",
        "version",
        "someone",
        "somebody",
        "on-call",
        "oncall",
        "script",
        "command",
        "query",
        "job",
        "traffic",
        "flag",
        "replicas",
        "out",
        "die",
        "den",
        "das",
        "alle",
        "auf",
    };

    /// <param name="within">One clause of a longer message: an order is one only with something that can be acted on.</param>
    public static Refusal? Read(Sentence sentence, bool hasDomain, bool within = false)
    {
        if (sentence.First(Concept.Manipulate) is { } manipulation && !IsQuotedSearch(sentence, manipulation))
            return new Refusal(
                RefusalKind.Manipulation,
                "I answer questions about your telemetry, and my rules are not changed by a message. Ask me about services, traces, errors, owners or changes."
            );
        if ((Action(sentence, within || IsLong(sentence)) ?? Orders.Otherwise(sentence)) is { } action)
            return OfAction(action);
        if (
            sentence.First(Concept.Secret) is { } secret
            && sentence.HasWord("your", "reveal", "show", "print", "give", "tell", "what", "list", "dump", "leak", "read", "get", "send")
            && !hasDomain
        )
            return new Refusal(
                RefusalKind.Secret,
                $"I give out no {sentence.Words(secret.Start, secret.End)}. I answer questions about your telemetry."
            );
        if (sentence.First(Concept.Forecast) is { } forecast)
            return new Refusal(
                RefusalKind.Forecast,
                $"I know only what has been received, not the future (\"{sentence.Words(forecast.Start, forecast.End)}\"). Ask me about a window up to now."
            );
        if (sentence.WordAt(0) is "will" or "wird" or "werden" && sentence.WordAt(1) is not "you")
            return new Refusal(
                RefusalKind.Forecast,
                "I know only what has been received, not the future. Ask me about a window up to now."
            );
        if (sentence.First(Concept.OffTopic) is { } other && !hasDomain && !Orders.Presents(sentence, other.Start))
            return new Refusal(
                RefusalKind.OffTopic,
                $"I know about your services, traces, logs, changes and owners, nothing about \"{sentence.Words(other.Start, sentence.Tokens.Count).Trim('?', ' ')}\"."
            );
        return null;
    }

    public static Refusal OfAction(string action) =>
        new(
            RefusalKind.Action,
            $"I do not carry anything out, so I will not \"{action}\". I can tell you what is wrong, what changed and whom to ask; an incident room is made by you, with the button under an answer."
        );

    private static readonly HashSet<Concept> Asking =
    [
        Concept.Show,
        Concept.Which,
        Concept.What,
        Concept.Who,
        Concept.Why,
        Concept.Where,
        Concept.HowLong,
        Concept.Exist,
        Concept.Explain,
        Concept.Every,
        Concept.Count,
        Concept.Top,
        Concept.Most,
        Concept.Newest,
        Concept.Oldest,
        Concept.By,
        Concept.Than,
        Concept.Less,
        Concept.Greater,
        Concept.OffTopic,
        Concept.Maximum,
        Concept.Minimum,
        Concept.Fine,
        Concept.Contains,
        Concept.Equals,
        Concept.Calls,
    ];

    /// <summary>A whole question in which nothing at all is known here: "who won the cup?", "what is 17 * 23?".</summary>
    public static bool IsForeign(ReadingContext context)
    {
        var s = context.Sentence;
        return context.Request.Previous is null
            && !context.HasSubject
            && context.Measure is null
            && s.Links.Count == 0
            && s.Times.Count == 0
            && s.Concepts.All(c => Asking.Contains(c.Concept))
            && s.Ignored().Count > 0
            && (
                s.HasAny(Concept.What, Concept.Who, Concept.Why, Concept.Where, Concept.Which, Concept.HowLong, Concept.Count)
                || s.HasWord("how", "when", "is", "are", "can", "does", "do", "tell", "translate", "solve", "explain")
            );
    }

    // Words that are looked for in telemetry are data.
    private static bool IsQuotedSearch(Sentence sentence, ConceptMark mark) => sentence.Tokens[mark.Start].Kind == WordTokenKind.Quoted;

    private static string? Action(Sentence sentence, bool within)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            var wordToken = sentence.Tokens[i];
            if (
                wordToken.Kind != WordTokenKind.Word
                || wordToken.Glue != '\0'
                || i + 1 < sentence.Tokens.Count && sentence.Tokens[i + 1].Glue != '\0'
                || sentence.TimeAt(i) is not null
                || !StartsClause(sentence, i)
                || IsListedInQuestion(sentence, i)
                // "How do I fix this?" asks what there is to do.
                || sentence.MarkAt(i) is { Concept: Concept.Overview } asked && asked.Start < i
            )
                continue;
            if (
                sentence.WordAt(i + 1) is "me" or "us" && wordToken.Lower is "send" or "get"
                || Clause(sentence, i).Contains("filter", StringComparison.OrdinalIgnoreCase)
            )
                continue;
            // "stop finder on the website and payments": the name of something, if more is said.
            if (
                sentence.LinkAt(i) is { Kind: LinkKind.Service or LinkKind.Operation, Length: > 1 } named
                && named.Length + 1 < sentence.Tokens.Count
            )
                continue;
            var sure =
                ActionWords.IsAction(wordToken.Lower)
                && !IsName(sentence, i)
                && i + 1 < sentence.Tokens.Count
                && (!within || ActsOnSomething(sentence, i));
            var doubtful = ActionWords.IsDoubtful(wordToken.Lower) && HasObject(sentence, i) && (!within || ActsOnSomething(sentence, i));
            if ((sure || doubtful) && !IsRequestLine(sentence, i) && !Orders.Presents(sentence, i))
                return Clause(sentence, i);
        }

        return null;
    }

    // "Did anybody deploy, flip a flag or edit config on X?" asks what was done.
    private static bool IsListedInQuestion(Sentence sentence, int i)
    {
        var start = i;
        while (start > 0 && !sentence.IsEnd(start - 1))
            start--;
        var end = i;
        while (end < sentence.Tokens.Count && !sentence.IsEnd(end))
            end++;
        return start < i
            && end < sentence.Tokens.Count
            && sentence.Tokens[end].IsSymbol("?")
            && sentence.MarkAt(start) is { } first
            && first.Senses.Contains(Concept.Do)
            && sentence.MeansAt(first.End, Concept.Person);
    }

    // A long message tells a story: "close that matter", "put it here" order nothing.
    private static bool IsLong(Sentence sentence) => sentence.Tokens.Count > 30;

    private static bool ActsOnSomething(Sentence sentence, int i) =>
        Enumerable
            .Range(i + 1, EndOfClause(sentence, i) - i - 1)
            .Any(j =>
                sentence.LinkAt(j) is { Kind: LinkKind.Service or LinkKind.Operation or LinkKind.Person or LinkKind.Team }
                || sentence.Tokens[j].Kind == WordTokenKind.Version
                || Infrastructure.Contains(sentence.Tokens[j].Lower)
            );

    private static readonly HashSet<string> Infrastructure = WordFiles.Words("infrastructure");

    // "DELETE /carts/:id error rate" is an operation; "clear errors" no order about a service named clear.
    private static bool IsRequestLine(Sentence sentence, int i) =>
        i + 1 < sentence.Tokens.Count && sentence.Tokens[i + 1].Kind == WordTokenKind.Path
        || sentence.LinkAt(i) is { Kind: LinkKind.Operation };

    private static bool IsName(Sentence sentence, int i) =>
        sentence.LinkAt(i) is { Kind: LinkKind.Service or LinkKind.Operation } link
        && (link.Length > 1 || link.Quality > 0.95)
        && (sentence.WordAt(link.End) is ":" || sentence.LinkAt(link.End) is null && sentence.ConceptAt(link.End) is not null);

    private static bool HasObject(Sentence sentence, int i)
    {
        if (i + 1 >= sentence.Tokens.Count)
            return false;
        var next = sentence.Tokens[i + 1];
        // "open the slowest POST /checkout for me": a trace is opened by being shown.
        if (
            sentence.MeansAt(i, Concept.Explain)
            && sentence.MayMeanIn(i, EndOfClause(sentence, i), Concept.Slowest, Concept.Trace, Concept.Request)
        )
            return false;
        // "ALERT checkout p95 > 1s": people are alerted, services are what an alert is about.
        if (sentence.WordAt(i) is "alert" && sentence.LinkAt(i + 1) is { Kind: LinkKind.Service })
            return false;
        return next.Kind is WordTokenKind.Quoted or WordTokenKind.Version
            || next.Kind == WordTokenKind.Word && Objects.Contains(next.Lower)
            || sentence.LinkAt(i + 1) is { Kind: LinkKind.Service or LinkKind.Person or LinkKind.Team };
    }

    private static bool StartsClause(Sentence sentence, int i)
    {
        var asked = false;
        for (var j = i - 1; j >= 0; j--)
        {
            var wordToken = sentence.Tokens[j];
            if (wordToken.IsBreak || wordToken.IsSymbol("&") || wordToken.IsSymbol("+"))
                return true;
            if (wordToken.Kind != WordTokenKind.Word || !Polite.Contains(wordToken.Lower))
                return wordToken.Kind == WordTokenKind.Word && wordToken.Lower is "me" && asked;
            asked = true;
        }

        // "who should we call", "did someone restart" never get here: their first word is not polite.
        return true;
    }

    private static string Clause(Sentence sentence, int i) => sentence.Words(i, EndOfClause(sentence, i));

    private static int EndOfClause(Sentence sentence, int i)
    {
        var end = i + 1;
        while (end < sentence.Tokens.Count && end < i + 7 && !sentence.Tokens[end].IsBreak && sentence.WordAt(end) is not "and")
            end++;
        return end;
    }
}
