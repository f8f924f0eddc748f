using Copilot.Language.Tokens;

namespace Copilot.Language.Lexicon;

/// <summary>All phrases of the lexicon, looked up longest first.</summary>
internal sealed class PhraseTable
{
    private readonly Node _root = new();
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    private static readonly string[] Files =
    [
        WordFiles.Read("measures"),
        WordFiles.Read("states"),
        WordFiles.Read("subjects"),
        WordFiles.Read("questions"),
        WordFiles.Read("relations"),
        ContactPhrases.Text,
        WordFiles.Read("changes"),
        WordFiles.Read("groupings"),
        WordFiles.Read("conditions"),
        WordFiles.Read("refused"),
    ];

    public static PhraseTable Standard { get; } = Build(Files);

    /// <summary>With all senses that a phrase may have where a clause asks for one thing.</summary>
    public static PhraseTable Asking { get; } = Build([.. Files, WordFiles.Read("asks"), WordFiles.Read("small")]);

    /// <summary>The lexicon of one language.</summary>
    public static PhraseTable Of(string text) => Build(text);

    /// <summary>All single words that occur in phrases: what is not to be taken for a mistyped name.</summary>
    public IReadOnlySet<string> Words => _words;

    /// <summary>The longest phrase that starts at a token: its concept and how many tokens it takes.</summary>
    public (Concept Concept, int Length)? Find(IReadOnlyList<WordToken> wordTokens, int start, Func<int, bool> free) =>
        FindAll(wordTokens, start, free) is { } found ? (found.Concepts[0], found.Length) : null;

    /// <summary>All that the longest phrase which starts at a token may mean, in the order of the files.</summary>
    public (IReadOnlyList<Concept> Concepts, int Length)? FindAll(IReadOnlyList<WordToken> wordTokens, int start, Func<int, bool> free)
    {
        (IReadOnlyList<Concept>, int)? best = null;
        var node = _root;
        for (var i = start; i < wordTokens.Count && free(i); i++)
        {
            var wordToken = wordTokens[i];
            if (i > start && wordToken.Glue is not ('\0' or '-' or '/') && !(wordToken.Glue == WordToken.CamelGlue))
                break;
            if (!node.Next.TryGetValue(wordToken.Lower, out var next))
                break;
            node = next;
            if (node.Concepts.Count > 0 && EndsWhole(wordTokens, i))
                best = (node.Concepts, i - start + 1);
        }

        return best;
    }

    // "error.rate" and "IndexError" are names; their parts mean nothing by themselves.
    private static bool EndsWhole(IReadOnlyList<WordToken> wordTokens, int last) =>
        last + 1 >= wordTokens.Count || wordTokens[last + 1].Glue is '\0' or '-' or '/' or ':';

    private static PhraseTable Build(params string[] texts)
    {
        var table = new PhraseTable();
        foreach (var line in texts.SelectMany(t => t.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var concept = Enum.Parse<Concept>(line[..colon]);
            foreach (var phrase in line[(colon + 1)..].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                foreach (var spelled in PhrasePatterns.Spelled(phrase))
                    table.Add(spelled, concept);
            }
        }

        return table;
    }

    private void Add(string phrase, Concept concept)
    {
        var node = _root;
        foreach (var word in phrase.Split(' '))
        {
            _words.Add(word);
            if (!node.Next.TryGetValue(word, out var next))
                node.Next[word] = next = new Node();
            node = next;
        }

        if (!node.Concepts.Contains(concept))
            node.Concepts.Add(concept);
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Next { get; } = new(StringComparer.Ordinal);

        public List<Concept> Concepts { get; } = [];
    }
}

/// <summary>What words of a question mean, whatever the words are.</summary>
internal enum Concept
{
    // measures
    ErrorRate,
    SuccessRate,
    Throughput,
    Mean,
    Median,
    Percentile,
    Maximum,
    Minimum,
    Latency,
    Count,
    Share,
    Traffic,

    // states
    Failed,
    Slow,
    AboveAverage,
    BelowAverage,
    Fine,
    Trouble,
    Up,

    // what is counted or listed
    Request,
    Trace,
    Span,
    Log,
    LogVerb,
    ErrorLog,
    WarningLog,
    Operation,
    Service,
    Team,
    Root,
    Below,
    Third,

    // ranks
    Slowest,
    Fastest,
    MostFailing,
    Busiest,
    Least,
    Top,
    Noisiest,
    Newest,
    Oldest,
    Most,

    // question words and verbs
    Show,
    Which,
    What,
    Who,
    Why,
    Where,
    HowLong,
    Exist,
    Explain,
    TimeGoes,
    Every,

    // relations
    Affected,
    Cause,
    Calls,
    Callers,
    Callees,
    DependsOn,
    Owner,
    OnCall,
    Involve,
    Contact,
    Channel,

    // changes
    Change,
    Deploy,
    Rollback,
    Flag,
    Config,
    Scale,

    // comparison and grouping
    InCommon,
    Differ,
    BreakDown,
    By,
    Compare,
    Than,
    OneOf,
    OverTime,
    Overview,

    // conditions
    Greater,
    Less,
    AtLeast,
    AtMost,
    Equals,
    NotEquals,
    Contains,
    Without,
    OnlyFor,
    Exists,
    Missing,

    // conversation
    Pronoun,
    Other,
    FollowUp,
    Overall,
    Earlier,
    Later,

    // what is asked of a trouble
    When,
    Began,
    Ended,
    Ongoing,
    Lasting,
    Summary,

    // what is counted or read otherwise
    Distinct,
    Deviation,
    Sum,
    Succeeded,
    Negation,
    ErrorText,
    StackTrace,
    Runbook,

    /// <summary>What a runbook is called, where it is the thing that is asked for.</summary>
    Guide,

    /// <summary>Services that nobody owns.</summary>
    Unowned,
    Retry,
    EachStep,
    PeakPoint,
    Together,
    Latter,
    Former,
    Plot,
    Ordinal,
    Itself,
    Single,

    /// <summary>What was just asked is asked of something else, too.</summary>
    SameFor,

    /// <summary>Behind what does not count: "X aside", "X is left out".</summary>
    LeftOut,

    /// <summary>Words that a name in brackets explains.</summary>
    Gloss,
    Such,
    Says,

    /// <summary>Sets one of two against the other: "which had the higher error rate".</summary>
    Comparative,

    // small words that hold a sentence together
    Joint,
    Or,
    Be,
    Do,
    Take,
    Preposition,
    Article,
    Person,
    Modal,
    Aside,

    // what is not done
    Action,
    Forecast,
    OffTopic,
    Secret,
    Manipulate,
    Help,
}
