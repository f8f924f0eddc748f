using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Times;
using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Sentences;

/// <summary>A question with all that its words may mean, and which of them a reading has used.</summary>
internal sealed class Sentence
{
    private readonly bool[] used;

    public Sentence(IReadOnlyList<Token> tokens, IReadOnlyList<TimeMention> times, IReadOnlyList<Link> links, IReadOnlyList<ConceptMark> concepts, CatalogueIndex index)
    {
        Tokens = tokens;
        Times = times;
        Links = links;
        Concepts = concepts;
        Index = index;
        used = new bool[tokens.Count];
    }

    public IReadOnlyList<Token> Tokens { get; }

    public IReadOnlyList<TimeMention> Times { get; }

    public IReadOnlyList<Link> Links { get; }

    public IReadOnlyList<ConceptMark> Concepts { get; }

    public CatalogueIndex Index { get; }

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
            if (Tokens.Any(t => t.Kind == TokenKind.Word && t.Lower == word))
                return true;
        }

        return false;
    }

    public string? WordAt(int i) => i >= 0 && i < Tokens.Count && Tokens[i].Kind is TokenKind.Word or TokenKind.Symbol ? Tokens[i].Lower : null;

    public ConceptMark? ConceptAt(int i) => Concepts.FirstOrDefault(c => c.Start <= i && i < c.End);

    public Link? LinkAt(int i) => Links.FirstOrDefault(l => l.Start <= i && i < l.End);

    public TimeMention? TimeAt(int i) => Times.FirstOrDefault(t => t.Start <= i && i < t.End);

    /// <summary>The first version that is named and no part of a name, as "v3" is of "inventory/v3".</summary>
    public int? VersionAt()
    {
        for (var i = 0; i < Tokens.Count; i++)
        {
            if (Tokens[i].Kind == TokenKind.Version && LinkAt(i) is not { Kind: LinkKind.Service or LinkKind.Operation })
                return i;
        }

        return null;
    }

    public void Use(int start, int end)
    {
        for (var i = Math.Max(0, start); i < end && i < used.Length; i++)
            used[i] = true;
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
            if (Tokens[i].Kind == TokenKind.Word && words.Contains(Tokens[i].Lower))
                used[i] = true;
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

    private bool IsEnd(int i) => Tokens[i].Kind == TokenKind.Symbol && Tokens[i].Text is "?" or "!" or "." or "\n" or ";";

    public bool IsUsed(int i) => used[i];

    public string Words(int start, int end)
    {
        var text = new System.Text.StringBuilder();
        for (var i = start; i < end && i < Tokens.Count; i++)
        {
            var token = Tokens[i];
            if (text.Length > 0 && token.Glue == '\0')
                text.Append(' ');
            else if (text.Length > 0 && token.Glue != Token.CamelGlue)
                text.Append(token.Glue);
            text.Append(token.Text);
        }

        return text.ToString();
    }

    /// <summary>Words that no part of the reading used and that are no plain filler.</summary>
    public IReadOnlyList<string> Ignored()
    {
        var ignored = new List<string>();
        for (var i = 0; i < Tokens.Count; i++)
        {
            var token = Tokens[i];
            if (used[i] || TimeAt(i) is not null || token.Kind == TokenKind.Symbol || token.Kind == TokenKind.Word && FillerWords.IsFiller(token.Lower))
                continue;
            var end = i + 1;
            while (end < Tokens.Count && Tokens[end].Group == token.Group && !used[end])
                end++;
            ignored.Add(Words(i, end));
            i = end - 1;
        }

        return ignored;
    }
}
