using System.Text;
using System.Text.RegularExpressions;
using Copilot.Models.Audit;
using Copilot.Models.Facts;
using Copilot.Models.Phrases;
using Copilot.Models.Tools;

namespace Copilot.Models.Checking;

/// <summary>
/// Holds a model's words against the facts of the tools' results, a sentence at a time. Each figure, time, name, relation and direction is
/// compared with the facts of what the sentence speaks of; what they do not show is struck out with the reason, and the rest stays. What a
/// stranger wrote may be quoted as his words and shows nothing. Links are struck always. What is concluded is marked as a hypothesis, what
/// says that all is well is held against the figures, and what cites nothing, or is in a language that cannot be read here, is marked as
/// not shown.
/// </summary>
internal sealed partial class EvidenceCheck
{
    private const string NotShown = " *(not shown by the data)*";
    private const string FiguresOnly = " *(only its figures are shown by the data)*";

    private readonly FactBook _book;
    private readonly KnownClaims _known;
    private readonly MentionReader _reader;
    private readonly SentenceJudge _judge;
    private readonly HashSet<string> _words;

    /// <param name="results">What the tools gave back, as the model saw it, and who wrote what.</param>
    /// <param name="question">Names, numbers and times that the person used may be said again.</param>
    /// <param name="services">All services known: one that no result names must not be spoken of.</param>
    /// <param name="zone">The asker's, in which times may be told.</param>
    public EvidenceCheck(IEnumerable<ToolResult> results, string question, IReadOnlyList<string> services, TimeZoneInfo zone)
    {
        _book = new FactBook(results, question, services);
        _known = new KnownClaims(_book, question, services);
        _reader = new MentionReader(_book, _known);
        _judge = new SentenceJudge(_book, _known, zone);
        _words = [.. Languages.WordsOf(question).Concat(_book.Named(KnownAs.Word).SelectMany(Languages.WordsOf)).Select(Languages.Stem)];
    }

    /// <summary>The text with what the results do not show struck out, and how much that was.</summary>
    /// <param name="scene">What the text before has left; null where it begins here.</param>
    public (string Text, int Struck) Check(string text, Scene? scene = null)
    {
        scene ??= new Scene();
        var clean = new StringBuilder();
        var struck = 0;
        var gate = new SentenceGate(sentence =>
        {
            var (words, count) = SafelyChecked(sentence, scene);
            clean.Append(words);
            struck += count;
        });
        gate.Say(PlainSigns.Of(text));
        gate.End();
        return (clean.ToString(), struck);
    }

    // What cannot be looked through in time is not said at all.
    private (string Text, int Struck) SafelyChecked(string sentence, Scene scene)
    {
        try
        {
            return TableHead.IsRule(sentence) ? (sentence, 0) : Sentence(sentence, scene);
        }
        catch (RegexMatchTimeoutException)
        {
            return ("*(a sentence is left out: it could not be checked)* ", 1);
        }
    }

    private (string Text, int Struck) Sentence(string sentence, Scene scene)
    {
        var isRow = TableHead.IsRow(sentence);
        var head = isRow ? scene.Head : null;
        var bare = Bare(sentence);
        var mentions = _reader.Read(sentence, Languages.Of(bare).IsEnglish, out var own);
        if (head is not null)
            mentions =
            [
                .. mentions.Select(mention => mention with { Numbers = TableHead.In(head.Over(sentence, mention.At), mention.Numbers) }),
            ];
        scene.Head = isRow ? head ?? TableHead.Of(sentence) : null;
        var anchors = new Anchors(sentence, mentions, scene.Subject);
        scene.SinceRunbook =
            mentions.Any(IsRunbook) || RunbookWord().IsMatch(sentence) ? 0
            : scene.SinceRunbook == int.MaxValue ? int.MaxValue
            : scene.SinceRunbook + 1;
        if (scene.SinceRunbook <= CheckingThresholds.RunbookReach)
            mentions = [.. mentions.Select(OfRunbook)];
        var judgement = _judge.Judge(sentence, mentions, anchors, scene);
        judgement.Contradicted.AddRange(
            Directions
                .Contradicted(own, mentions, anchors, judgement, _book)
                .Concat(Superlatives.Contradicted(own, mentions, anchors, judgement, _book))
                .Concat(Comparatives.Contradicted(own, mentions, anchors, _book))
                .Concat(SaidRelations.Contradicted(own, anchors, _book))
        );
        Introduce(mentions, judgement, scene);
        scene.Remember(anchors, [.. judgement.Facts.Values.Select(facts => facts[0])], judgement.Instants);
        var (text, struck) = Marking.Of(sentence, judgement);
        if (Hypotheses.IsMarked(sentence))
            return (text, struck);
        return Concluded(sentence, text, struck, Code().Replace(own, " "), bare, anchors, judgement);
    }

    private bool IsRunbook(Mention mention) =>
        mention.Names.Any(name => name.Kind == NameKinds.Document && name.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase));

    // What a runbook says may be told as what it says.
    private Mention OfRunbook(Mention mention) =>
        mention is { Standing: Standing.Struck, Kind: MentionKind.Alone }
        && mention.Text.Trim('`', '"', '\'', '“', '”', '.', ',') is { Length: > 2 } words
        && _book.Quotations.Any(quotation => quotation.IsOfRunbook && quotation.Text.Contains(words, StringComparison.OrdinalIgnoreCase))
            ? mention with
            {
                Kind = MentionKind.Name,
                Standing = Standing.Shown,
            }
            : mention;

    // A value that is told with a figure of it needs no word that it is one; nor does it later on.
    private static void Introduce(IReadOnlyList<Mention> mentions, SentenceJudgement judgement, Scene scene)
    {
        foreach (var mention in mentions.Where(mention => mention.Names.Any(name => NameKinds.IsValue(name.Kind))))
        {
            if (
                mention.Standing is Standing.Shown or Standing.Quoted
                && judgement.Facts.Values.Any(facts => facts.Any(fact => mention.Names.Any(name => fact.Entry.Has(name.Kind, name.Name))))
            )
                scene.Introduced.UnionWith(mention.Names.Select(name => name.Name));
            if (
                judgement.Standings.GetValueOrDefault(mention) == Standing.Quoted
                && mention.Names.Any(name => scene.Introduced.Contains(name.Name))
            )
                judgement.Standings[mention] = Standing.Shown;
        }
    }

    private (string Text, int Struck) Concluded(
        string sentence,
        string text,
        int struck,
        string own,
        string bare,
        Anchors anchors,
        SentenceJudgement judgement
    )
    {
        var about = Services(anchors.All);
        var subject = about.Count > 0 ? about : Services(anchors.Carried);
        var clear = AllClears.Verdict(
            own,
            subject,
            [.. anchors.All, .. anchors.Carried.Where(group => NameKinds.IsValue(group.Class))],
            _book
        );
        if (clear is { IsShown: false } claim)
            return claim.IsContradicted ? (Marking.Whole(text), struck + 1) : (Before(text, NotShown), struck);
        // A heading, or the head of a table.
        if ((sentence.StartsWith('#') || TableHead.IsRow(sentence)) && judgement.Standings.Count == 0)
            return (text, struck);
        var concluded = Hypotheses.Marked(text, own, about, _book.Causes);
        if (concluded != text)
            return (concluded, struck);
        var cited =
            clear is not null
            || judgement.Standings.Values.Any(standing => standing is Standing.Shown or Standing.Quoted)
            || about.Any(service => _book.IsNamed(service, KnownAs.Service));
        if (!Languages.Of(bare).IsRead)
            return (Before(text, cited ? FiguresOnly : NotShown), struck);
        return (cited || struck > 0 || SaysNothing(sentence, bare) ? text : Before(text, NotShown), struck);
    }

    private static IReadOnlyList<string> Services(IEnumerable<AnchorGroup> groups) =>
        [
            .. groups
                .SelectMany(group => group.Mentions)
                .SelectMany(mention => mention.Names)
                .Where(name => name.Kind == NameKinds.Service)
                .Select(name => name.Name)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    // A sentence of common words, or of the question's own, claims nothing that could be shown; a question, a heading and the head of a
    // list or of a table neither.
    private bool SaysNothing(string sentence, string bare) =>
        bare.TrimEnd().TrimEnd('*', '_', ' ') is var text
        && (
            text.EndsWith(':')
            || text.EndsWith('?')
            || TableHead.IsRow(sentence)
            || sentence.StartsWith('#')
            || Languages.WordsOf(text).All(word => Languages.IsCommon(word) || _words.Contains(Languages.Stem(word)))
        );

    private string Bare(string sentence)
    {
        var bare = Aside().Replace(sentence, " ");
        foreach (var service in _book.ServicesIn(bare))
            bare = bare.Replace(service, " ", StringComparison.OrdinalIgnoreCase);
        foreach (var name in _book.Named(KnownAs.Person, KnownAs.Team))
            bare = bare.Replace(name, " ", StringComparison.OrdinalIgnoreCase);
        return bare;
    }

    // Before the blank that ends a sentence.
    private static string Before(string text, string mark) => text.TrimEnd() is var kept ? kept + mark + text[kept.Length..] : text;

    [GeneratedRegex(@"\brun ?books?\b", RegexOptions.IgnoreCase, PatternThresholds.OfAnswer)]
    private static partial Regex RunbookWord();

    [GeneratedRegex("`[^`]*`", RegexOptions.None, PatternThresholds.OfAnswer)]
    private static partial Regex Code();

    [GeneratedRegex(@"`[^`]*`|""[^""]*""|“[^”]*”|«[^»]*»|\[[^\]]*\]\([^)]*\)", RegexOptions.None, PatternThresholds.OfAnswer)]
    private static partial Regex Aside();
}
