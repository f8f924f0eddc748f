using System.Text;
using System.Text.RegularExpressions;
using Copilot.Models.Audit;
using Copilot.Models.Tools;

namespace Copilot.Models.Checking;

/// <summary>
/// Holds a model's words against the results of the tools, a sentence at a time. What no result shows is struck out and marked: numbers
/// (within rounding, in their unit, of the service that the sentence is about), names, people, ids, times and addresses. What a stranger
/// wrote may be quoted as his words and shows nothing. Links are struck always. What is concluded is marked as a hypothesis, what says that
/// all is well is held against the figures, and what cites nothing, or is in a language that cannot be read here, is marked as not shown.
/// </summary>
internal sealed partial class EvidenceCheck
{
    private const string NotShown = " *(not shown by the data)*";
    private const string FiguresOnly = " *(only its figures are shown by the data)*";

    private readonly Facts _facts;
    private readonly KnownClaims _known;
    private readonly HashSet<string> _words;

    /// <param name="results">What the tools gave back, as the model saw it, and who wrote what.</param>
    /// <param name="question">Names, numbers and times that the person used may be said again.</param>
    /// <param name="services">All services known: one that no result names must not be spoken of.</param>
    /// <param name="zone">The asker's, in which times may be told.</param>
    public EvidenceCheck(IEnumerable<ToolResult> results, string question, IReadOnlyList<string> services, TimeZoneInfo zone)
    {
        _facts = new Facts(results, question, services);
        _known = new KnownClaims(_facts, question, services, zone);
        _words = [.. Languages.WordsOf(question).Concat(_facts.Named(KnownAs.Word).SelectMany(Languages.WordsOf)).Select(Languages.Stem)];
    }

    /// <summary>The services that the last sentence checked was about: "its" means them.</summary>
    public IReadOnlyList<string> Subject { get; private set; } = [];

    /// <summary>The text with what is not in the results struck out, and how much that was.</summary>
    /// <param name="subject">What the text before was about.</param>
    public (string Text, int Struck) Check(string text, IReadOnlyList<string>? subject = null)
    {
        Subject = subject ?? [];
        var clean = new StringBuilder();
        var struck = 0;
        var gate = new SentenceGate(sentence =>
        {
            var (words, count) = SafelyChecked(sentence);
            clean.Append(words);
            struck += count;
        });
        gate.Say(PlainSigns.Of(text));
        gate.End();
        return (clean.ToString(), struck);
    }

    // What cannot be looked through in time is not said at all.
    private (string Text, int Struck) SafelyChecked(string sentence)
    {
        try
        {
            return Sentence(sentence);
        }
        catch (RegexMatchTimeoutException)
        {
            return ("*(a sentence is left out: it could not be checked)* ", 1);
        }
    }

    private (string Text, int Struck) Sentence(string sentence)
    {
        var about = _facts.ServicesIn(sentence);
        if (about.Count > 0)
            Subject = about;
        var derived = new DerivedNumbers(sentence, about, _facts);
        var (struck, cited) = (0, about.Any(service => _facts.IsNamed(service, KnownAs.Service)) || _known.CitesOperation(sentence));
        // What is told as somebody's words is not what the model says.
        var own = sentence;
        string Marked(string part) =>
            Claims.Pattern.Replace(
                part,
                found =>
                {
                    if (found.Groups["speech"].Success && _known.IsSpeech(found, part) is var told)
                    {
                        cited |= told;
                        if (told)
                            own = own.Replace(found.Value, " ", StringComparison.Ordinal);
                        return told
                            ? found.Value
                            : found.Groups["open"].Value + Marked(found.Groups["said"].Value) + found.Groups["close"].Value;
                    }

                    var standing = _known.Of(found, part, about, Subject, out var shown);
                    if (
                        standing == Standing.Struck
                        && found.Groups["number"].Success | found.Groups["words"].Success
                        && ReferenceEquals(part, sentence)
                        && derived.Follows(found.Value, found.Index)
                    )
                        standing = Standing.Shown;
                    else if (
                        standing == Standing.Shown
                        && found.Groups["number"].Success | found.Groups["words"].Success
                        && derived.Contradicts(found.Value, found.Index)
                    )
                        (standing, shown) = (Standing.Struck, found.Value);
                    cited |= standing is Standing.Shown or Standing.Quoted;
                    if (standing is Standing.Plain or Standing.Shown)
                        return found.Value;
                    if (standing == Standing.Quoted)
                        return $"{found.Value} *(a value in telemetry)*";
                    struck++;
                    return $"~~{shown.Replace("~", string.Empty, StringComparison.Ordinal)}~~ *(not in the data)*";
                }
            );
        var text = Marked(sentence);
        if (Hypotheses.IsMarked(sentence))
            return (text, struck);
        if (AllClears.Verdict(Code().Replace(own, " "), Subject, _facts) is { IsShown: false } claim)
            return claim.IsContradicted ? (Contradicted(text), struck + 1) : (Before(text, NotShown), struck);
        var concluded = Hypotheses.Marked(text, Code().Replace(own, " "), about, _facts.Causes);
        if (concluded != text)
            return (concluded, struck);
        var bare = Bare(sentence);
        if (!Languages.Of(bare).IsRead)
            return (Before(text, cited ? FiguresOnly : NotShown), struck);
        return (cited || struck > 0 || SaysNothing(bare) ? text : Before(text, NotShown), struck);
    }

    // A sentence of common words, or of the question's own, claims nothing that could be shown; a question and the head of a list neither.
    private bool SaysNothing(string bare) =>
        bare.TrimEnd() is var text
        && (
            text.EndsWith(':')
            || text.EndsWith('?')
            || Languages.WordsOf(text).All(word => Languages.IsCommon(word) || _words.Contains(Languages.Stem(word)))
        );

    private string Bare(string sentence)
    {
        var bare = Aside().Replace(sentence, " ");
        foreach (var service in _facts.ServicesIn(bare))
            bare = bare.Replace(service, " ", StringComparison.OrdinalIgnoreCase);
        foreach (var name in _facts.Named(KnownAs.Person, KnownAs.Team))
            bare = bare.Replace(name, " ", StringComparison.OrdinalIgnoreCase);
        return bare;
    }

    private static string Contradicted(string text)
    {
        var whole = text.Replace("~~", string.Empty, StringComparison.Ordinal)
            .Replace(" *(not in the data)*", string.Empty, StringComparison.Ordinal);
        var inner = whole.Trim();
        return whole.Replace(inner, $"~~{inner}~~ *(the figures say otherwise)*", StringComparison.Ordinal);
    }

    // Before the blank that ends a sentence.
    private static string Before(string text, string mark) => text.TrimEnd() is var kept ? kept + mark + text[kept.Length..] : text;

    [GeneratedRegex("`[^`]*`", RegexOptions.None, PatternThresholds.OfAnswer)]
    private static partial Regex Code();

    [GeneratedRegex(@"`[^`]*`|""[^""]*""|“[^”]*”|«[^»]*»|\[[^\]]*\]\([^)]*\)", RegexOptions.None, PatternThresholds.OfAnswer)]
    private static partial Regex Aside();
}
