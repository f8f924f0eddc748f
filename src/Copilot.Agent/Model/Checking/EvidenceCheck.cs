using System.Text;
using System.Text.RegularExpressions;

namespace Copilot.Agent.Model.Checking;

/// <summary>
/// Holds a model's words against the results of the tools, a sentence at a time. What no result shows is struck out and marked: numbers
/// (within rounding, in their unit, of the service that the sentence is about), names in code, services, people, trace ids, times and
/// addresses. Links are struck always: no result gives a reason for one. What is concluded rather than shown is marked as a hypothesis.
/// </summary>
internal sealed partial class EvidenceCheck
{
    private readonly string question;
    private readonly IReadOnlyList<string> services;
    private readonly Facts facts;

    /// <param name="results">What the tools gave back, as the model saw it.</param>
    /// <param name="question">Names, numbers and times that the person used may be said again.</param>
    /// <param name="services">All services known: one that no result names must not be spoken of.</param>
    public EvidenceCheck(IEnumerable<string> results, string question, IReadOnlyList<string> services)
    {
        this.question = question;
        this.services = services;
        facts = new Facts(results, question, services);
    }

    /// <summary>The text with what is not in the results struck out, and how much that was.</summary>
    public (string Text, int Struck) Check(string text)
    {
        var clean = new StringBuilder();
        var struck = 0;
        var gate = new SentenceGate(sentence =>
        {
            var about = facts.ServicesIn(sentence);
            var derived = new DerivedNumbers(sentence, about, facts);
            var checkedSentence = Claims().Replace(sentence, found =>
            {
                if (IsShown(found, about, out var shown) || derived.Follows(found.Value, found.Index)) return found.Value;
                struck++;
                return $"~~{shown.Replace("~", string.Empty, StringComparison.Ordinal)}~~ *(not in the data)*";
            });
            clean.Append(Hypotheses.Marked(checkedSentence, about, facts.Causes));
        });
        gate.Say(text);
        gate.End();
        return (clean.ToString(), struck);
    }

    /// <param name="shown">What is struck where it is not: of a link its label alone.</param>
    private bool IsShown(Match found, IReadOnlyList<string> about, out string shown)
    {
        shown = found.Value;
        switch (found)
        {
            case { Groups: var groups } when groups["link"].Success:
                shown = groups["label"].Success && groups["label"].Length > 0 ? groups["label"].Value : "link";
                return false;
            case { Groups: var groups } when groups["code"].Success:
                return IsKnownCode(groups["inner"].Value, about);
            case { Groups: var groups } when groups["mail"].Success || groups["mention"].Success || groups["odd"].Success:
                return false;
            case { Groups: var groups } when groups["hex"].Success:
                return IsKnownId(found.Value);
            case { Groups: var groups } when groups["time"].Success:
                return IsKnownTime(found.Value);
            case { Groups: var groups } when groups["list"].Success:
                return true;
            case { Groups: var groups } when groups["number"].Success:
                return SaidNumber.Of(found.Value.Trim()) is { } number && facts.Shows(number, about);
            case { Groups: var groups } when groups["words"].Success:
                return NumberWords.Of(found.Value) is { } words && (facts.Shows(words, about) || (words.Unit is null && IsAsked(found.Value)));
            case { Groups: var groups } when groups["quoted"].Success:
                return IsKnownCode(groups["name"].Value, about);
            case { Groups: var groups } when groups["person"].Success:
                return IsPlainWords(found.Value) || IsKnown(found.Value);
            default:
                return !services.Contains(found.Value, StringComparer.OrdinalIgnoreCase) || IsKnown(found.Value);
        }
    }

    // A name is one only as a whole value of a result: words inside a longer text are whatever its writer wanted them to be.
    private bool IsKnown(string words) => facts.IsNamed(words.Trim()) || IsAsked(words);

    // In whole words: "web" was not said by "cobweb".
    private bool IsAsked(string words) => Regex.IsMatch(question, $@"(?<![\w-]){Regex.Escape(words.Trim())}(?![\w-])", RegexOptions.IgnoreCase, TimeSpan.FromMilliseconds(200));

    // "currency = CHF" and "span.currency" are made of names.
    private bool IsKnownCode(string words, IReadOnlyList<string> about) => IsKnown(words) || (facts.IsQuoted(words.Trim()) && !services.Contains(words.Trim(), StringComparer.OrdinalIgnoreCase)) || (HexOnly().IsMatch(words) && IsKnownId(words))
        || (words.Split(['=', '>', '<', '!', '"'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } parts
            && parts.All(part => IsKnown(part) || IsKnown(part[(part.IndexOf('.', StringComparison.Ordinal) + 1)..])
                || (SaidNumber.Of(part) is { } number && facts.Shows(number, about))));

    // A trace's first digits name it too, where there are enough of them.
    private bool IsKnownId(string id) => IsAsked(id)
        || facts.Values.Any(value => value.Length is 16 or 32 && value.StartsWith(id.TrimEnd('…', '.'), StringComparison.OrdinalIgnoreCase));

    private bool IsKnownTime(string time) => question.Contains(time.Trim(), StringComparison.Ordinal)
        || facts.Values.Any(value => value.Length is > 18 and < 80 && IsoTime().IsMatch(value) && value.Contains(time.Trim(), StringComparison.Ordinal));

    private static bool IsPlainWords(string pair) => pair.Split(' ').Any(word => PlainWords.Contains(word));

    private static readonly HashSet<string> PlainWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "The", "This", "These", "That", "It", "In", "At", "On", "No", "Nothing", "All", "Both", "Most", "Only", "Its", "Root", "Cause", "Error", "Errors", "Rate",
        "Likely", "Service", "Services", "Latency", "Trace", "Traces", "Request", "Requests", "Failed", "Slow", "Window", "Hypothesis", "Affected", "Team",
        "Owner", "Mean", "Throughput", "Between", "From", "Since", "For", "And", "But", "Who", "What", "When", "Of", "By", "To", "A", "An", "Is", "Are", "Was", "Were",
    };

    [GeneratedRegex(@"^\[?\d{4}-\d\d-\d\dT\d\d:\d\d", RegexOptions.None, 500)]
    private static partial Regex IsoTime();

    [GeneratedRegex("^[0-9a-f]{7,32}…?$", RegexOptions.IgnoreCase, 500)]
    private static partial Regex HexOnly();

    [GeneratedRegex(
        """
        (?<link>!?\[(?<label>[^\]\n]*)\]\([^)\n]*\)|<?\b[A-Za-z][A-Za-z0-9+.-]*://[^\s>)]+>?|\b(?i:www)\.[^\s)]+|\b(?i:mailto|javascript|data):[^\s)]+)
        |(?<code>`(?<inner>[^`\n]+)`)
        |(?<quoted>(?<!\w)['"“‘](?<name>[^\s'"”’]{2,80})['"”’](?!\w))
        |(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
        |(?<mention>(?<!\w)[@\#][A-Za-z][\w.-]*|<[@!\#][^>\s]*>)
        |(?<hex>\b(?=[0-9A-Fa-f]*[0-9])(?=[0-9A-Fa-f]*[A-Fa-f])[0-9A-Fa-f]{7,32}\b…?)
        |(?<time>\b\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|\b\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\b)
        |(?<list>(?m:^\s*\d+\.(?=\s)))
        |(?<number>(?<![\w.])(?:(?i:\d+\s?(?:h|hours?|m|min|minutes?)\s?(?:and\s)?\d+(?:\.\d+)?\s?(?:m|min|minutes?|s|sec|seconds?))\b|(?i:
        """ + SaidNumber.Pattern + """
        )))
        |(?<odd>[\p{No}\p{Nl}]|[\p{Nd}-[0-9]]+)
        |(?<words>\b(?i:
        """ + NumberWords.Pattern + """
        )\b)
        |(?<person>\b\p{Lu}\p{Ll}+\ \p{Lu}\p{Ll}+\b)
        |[A-Za-z][\w-]*[A-Za-z0-9]
        """,
        RegexOptions.IgnorePatternWhitespace, 500)]
    private static partial Regex Claims();
}
