using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Times;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>A question with all that its words may mean, and which of them a reading has used.</summary>
internal sealed class Sentence
{
    private readonly bool[] _used;

    public Sentence(
        IReadOnlyList<WordToken> wordTokens,
        IReadOnlyList<TimeMention> times,
        IReadOnlyList<Link> links,
        IReadOnlyList<ConceptMark> concepts,
        KnownNamesIndex index
    )
    {
        Tokens = wordTokens;
        Times = times;
        Links = links;
        Concepts = concepts;
        Index = index;
        _used = new bool[wordTokens.Count];
    }

    public IReadOnlyList<WordToken> Tokens { get; }

    public IReadOnlyList<TimeMention> Times { get; }

    public IReadOnlyList<Link> Links { get; }

    public IReadOnlyList<ConceptMark> Concepts { get; }

    public KnownNamesIndex Index { get; }

    /// <summary>"de", "fr", "es"; null for English.</summary>
    public string? Language { get; init; }

    /// <summary>One ask of several, or one with a story around it.</summary>
    public bool IsPart { get; init; }

    /// <summary>Something was asked before it: what it leaves out stands there.</summary>
    public bool Continues { get; init; }

    /// <summary>As <see cref="Concepts"/>, with every sense of every phrase.</summary>
    public IReadOnlyList<ConceptMark> Marks { get; init; } = [];

    /// <summary>A phrase that may mean this.</summary>
    public ConceptMark? Mark(Concept concept) => Marks.FirstOrDefault(m => m.Senses.Contains(concept));

    public IEnumerable<ConceptMark> MarksOf(params Concept[] concepts) => Marks.Where(m => m.Senses.Any(concepts.Contains));

    public bool MayMean(params Concept[] concepts) => Marks.Any(m => m.Senses.Any(concepts.Contains));

    /// <summary>What stands as a whole between two tokens, the second left out.</summary>
    public IEnumerable<ConceptMark> MarksIn(int start, int end) => Marks.Where(m => m.Start >= start && m.End <= end);

    public IEnumerable<Link> LinksIn(int start, int end) => Links.Where(l => l.Start >= start && l.End <= end);

    public IEnumerable<TimeMention> TimesIn(int start, int end) => Times.Where(t => t.Start >= start && t.End <= end);

    public bool MayMeanIn(int start, int end, params Concept[] concepts) => MarksIn(start, end).Any(m => m.Senses.Any(concepts.Contains));

    public ConceptMark? MarkAt(int i) => Marks.FirstOrDefault(m => m.Start <= i && i < m.End);

    public bool MeansAt(int i, params Concept[] concepts) => MarkAt(i) is { } mark && mark.Senses.Any(concepts.Contains);

    /// <summary>Some stretches of the sentence as one of their own, with a full stop between them.</summary>
    public Sentence Part(IReadOnlyList<(int Start, int End)> ranges, bool? continues = null)
    {
        var tokens = new List<WordToken>();
        var times = new List<TimeMention>();
        var links = new List<Link>();
        var concepts = new List<ConceptMark>();
        var marks = new List<ConceptMark>();
        foreach (var (start, end) in ranges)
        {
            if (tokens.Count > 0)
                tokens.Add(
                    new WordToken
                    {
                        Kind = WordTokenKind.Symbol,
                        Text = ".",
                        Lower = ".",
                        Group = -tokens.Count,
                    }
                );
            var by = tokens.Count - start;
            tokens.AddRange(Tokens.Skip(start).Take(end - start));
            times.AddRange(TimesIn(start, end).Select(t => t with { Start = t.Start + by, End = t.End + by }));
            links.AddRange(LinksIn(start, end).Select(l => l with { Start = l.Start + by, End = l.End + by }));
            concepts.AddRange(Moved(Concepts, start, end, by));
            marks.AddRange(Moved(Marks, start, end, by));
        }

        return new Sentence(tokens, times, links, concepts, Index)
        {
            Marks = marks,
            Language = Language,
            Continues = continues ?? Continues,
            IsPart = IsPart || ranges.Sum(r => r.End - r.Start) < Tokens.Count,
        };
    }

    /// <summary>The same with no word read as a time.</summary>
    public Sentence WithoutTimes() =>
        new(Tokens, [], Links, Concepts, Index)
        {
            Marks = Marks,
            Language = Language,
            IsPart = IsPart,
            Continues = Continues,
        };

    private static IEnumerable<ConceptMark> Moved(IEnumerable<ConceptMark> marks, int start, int end, int by) =>
        marks.Where(m => m.Start >= start && m.End <= end).Select(m => m with { Start = m.Start + by, End = m.End + by });

    public bool Has(Concept concept) => Concepts.Any(c => c.Concept == concept);

    public bool HasAny(params ReadOnlySpan<Concept> concepts)
    {
        foreach (var concept in concepts)
        {
            if (Has(concept))
                return true;
        }

        return false;
    }

    public ConceptMark? First(Concept concept) => Concepts.FirstOrDefault(c => c.Concept == concept);

    public IEnumerable<ConceptMark> All(Concept concept) => Concepts.Where(c => c.Concept == concept);

    public IEnumerable<Link> LinksOf(LinkKind kind) => Links.Where(l => l.Kind == kind);

    /// <summary>One of the words is in the question, whatever it means.</summary>
    public bool HasWord(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Tokens.Any(t => t.Kind == WordTokenKind.Word && t.Lower == word))
                return true;
        }

        return false;
    }

    public string? WordAt(int i) =>
        i >= 0 && i < Tokens.Count && Tokens[i].Kind is WordTokenKind.Word or WordTokenKind.Symbol ? Tokens[i].Lower : null;

    public ConceptMark? ConceptAt(int i) => Concepts.FirstOrDefault(c => c.Start <= i && i < c.End);

    public Link? LinkAt(int i) => Links.FirstOrDefault(l => l.Start <= i && i < l.End);

    /// <summary>The token behind a name that is written in one: "a-b", "a.b".</summary>
    public int EndOfName(int i)
    {
        var end = i + 1;
        while (end < Tokens.Count && Tokens[end].Group == Tokens[i].Group)
            end++;
        return end;
    }

    public TimeMention? TimeAt(int i) => Times.FirstOrDefault(t => t.Start <= i && i < t.End);

    /// <summary>The first version that is named and no part of a name, as "v3" is of "inventory/v3".</summary>
    public int? VersionAt()
    {
        for (var i = 0; i < Tokens.Count; i++)
        {
            if (Tokens[i].Kind == WordTokenKind.Version && LinkAt(i) is not { Kind: LinkKind.Service or LinkKind.Operation })
                return i;
        }

        return null;
    }

    public void Use(int start, int end)
    {
        for (var i = Math.Max(0, start); i < end && i < _used.Length; i++)
            _used[i] = true;
    }

    public void Use(ConceptMark? mark)
    {
        if (mark is not null)
            Use(mark.Start, mark.End);
    }

    public void Use(params ReadOnlySpan<Concept> concepts)
    {
        foreach (var concept in concepts)
        {
            foreach (var mark in All(concept))
                Use(mark);
        }
    }

    /// <summary>Uses all words that are one of these.</summary>
    public void UseWords(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < Tokens.Count; i++)
        {
            if (Tokens[i].Kind == WordTokenKind.Word && words.Contains(Tokens[i].Lower))
                _used[i] = true;
        }
    }

    /// <summary>Whether a concept stands in the same sentence as a token, up to a full stop, question or exclamation mark.</summary>
    public bool HasBeside(int at, params ReadOnlySpan<Concept> concepts)
    {
        var start = at;
        while (start > 0 && !IsEnd(start - 1))
            start--;
        var end = at;
        while (end < Tokens.Count && !IsEnd(end))
            end++;
        foreach (var mark in Concepts)
        {
            if (mark.Start >= start && mark.Start < end && concepts.Contains(mark.Concept))
                return true;
        }

        return false;
    }

    /// <summary>Ends a sentence.</summary>
    public bool IsEnd(int i) => Tokens[i].Kind == WordTokenKind.Symbol && Tokens[i].Text is "?" or "!" or "." or "\n" or ";";

    public bool IsUsed(int i) => _used[i];

    public string Words(int start, int end)
    {
        var text = new System.Text.StringBuilder();
        for (var i = start; i < end && i < Tokens.Count; i++)
        {
            var wordToken = Tokens[i];
            if (text.Length > 0 && wordToken.Glue == '\0')
                text.Append(' ');
            else if (text.Length > 0 && wordToken.Glue != WordToken.CamelGlue)
                text.Append(wordToken.Glue);
            text.Append(wordToken.Text);
        }

        return text.ToString();
    }

    /// <summary>Words that no part of the reading used and that are no plain filler.</summary>
    public IReadOnlyList<string> Ignored()
    {
        var ignored = new List<string>();
        for (var i = 0; i < Tokens.Count; i++)
        {
            var wordToken = Tokens[i];
            if (
                _used[i]
                || TimeAt(i) is not null
                || wordToken.Kind == WordTokenKind.Symbol
                || wordToken.Kind == WordTokenKind.Word && FillerWords.IsFiller(wordToken.Lower, Language)
            )
                continue;
            var end = i + 1;
            while (end < Tokens.Count && Tokens[end].Group == wordToken.Group && !_used[end])
                end++;
            ignored.Add(Words(i, end));
            i = end - 1;
        }

        return ignored;
    }
}
