using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Copilot.Agent.Model;

/// <summary>
/// Holds a model's words against the results of the tools. What a result does not show is struck out and marked: numbers (within
/// rounding), names in code, services, people, trace ids, addresses. Links are struck always: no result gives a reason for one.
/// </summary>
internal sealed partial class EvidenceCheck
{
    private readonly string question;
    private readonly HashSet<string> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<double> numbers = [];
    private readonly IReadOnlyList<string> services;

    /// <param name="results">What the tools gave back, as the model saw it.</param>
    /// <param name="question">Names and times that the person used may be said again.</param>
    /// <param name="services">All services known: one that no result names must not be spoken of.</param>
    public EvidenceCheck(IEnumerable<string> results, string question, IReadOnlyList<string> services)
    {
        this.question = question;
        this.services = services;
        foreach (var result in results) Collect(result);
        foreach (Match number in AnyNumber().Matches(question)) Add(number.Value);
    }

    /// <summary>The text with what is not in the results struck out, and how much that was.</summary>
    public (string Text, int Struck) Check(string text)
    {
        var struck = 0;
        string Strike(string piece)
        {
            struck++;
            return $"~~{piece.Replace("~", string.Empty, StringComparison.Ordinal)}~~ *(not in the data)*";
        }

        var clean = Claims().Replace(text, found => found switch
        {
            { Groups: var groups } when groups["link"].Success => Strike(groups["label"].Success && groups["label"].Length > 0 ? groups["label"].Value : "link"),
            { Groups: var groups } when groups["code"].Success => KnownCode(groups["inner"].Value) ? found.Value : Strike(found.Value),
            { Groups: var groups } when groups["hex"].Success => Known(found.Value) ? found.Value : Strike(found.Value),
            { Groups: var groups } when groups["mail"].Success || groups["mention"].Success => Strike(found.Value),
            { Groups: var groups } when groups["time"].Success => KnownTime(found.Value) ? found.Value : Strike(found.Value),
            { Groups: var groups } when groups["list"].Success => found.Value,
            { Groups: var groups } when groups["number"].Success => KnownNumber(groups["number"].Value, groups["unit"].Value) ? found.Value : Strike(found.Value),
            { Groups: var groups } when groups["person"].Success => IsPlainWords(found.Value) || Known(found.Value) ? found.Value : Strike(found.Value),
            _ => KnownWord(found.Value) ? found.Value : Strike(found.Value),
        });
        return (clean, struck);
    }

    // A name is one only as a whole value of a result: words inside a longer text are whatever its writer wanted them to be.
    private bool Known(string words) => values.Contains(words.Trim()) || question.Contains(words.Trim(), StringComparison.OrdinalIgnoreCase);

    // "currency = CHF" and "span.currency" are made of names.
    private bool KnownCode(string words) => Known(words)
        || (words.Split(['=', '>', '<', '!', '"'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } parts
            && parts.All(part => Known(part) || Known(part[(part.IndexOf('.', StringComparison.Ordinal) + 1)..]) || IsKnownNumber(part)));

    private bool IsKnownNumber(string part) => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && KnownNumber(part, string.Empty);

    // A word that is a service's name must be of one that a result names.
    private bool KnownWord(string word) => !services.Contains(word, StringComparer.OrdinalIgnoreCase) || Known(word);

    private bool KnownTime(string time) => question.Contains(time.Trim(), StringComparison.Ordinal)
        || values.Any(value => value.Length is > 18 and < 80 && IsoTime().IsMatch(value) && value.Contains(time.Trim(), StringComparison.Ordinal));

    private static bool IsPlainWords(string pair) => pair.Split(' ').Any(word => PlainWords.Contains(word));

    private static readonly HashSet<string> PlainWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "The", "This", "These", "That", "It", "In", "At", "On", "No", "Nothing", "All", "Both", "Most", "Only", "Its", "Root", "Cause", "Error", "Errors", "Rate",
        "Likely", "Service", "Services", "Latency", "Trace", "Traces", "Request", "Requests", "Failed", "Slow", "Window", "Hypothesis", "Affected", "Team",
        "Owner", "Mean", "Throughput", "Between", "From", "Since", "For", "And", "But", "Who", "What", "When", "Of", "By", "To", "A", "An", "Is", "Are", "Was", "Were",
    };

    private bool KnownNumber(string text, string unit)
    {
        var plain = text.Replace(",", string.Empty, StringComparison.Ordinal);
        if (!double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var said)) return true;
        var decimals = plain.Contains('.', StringComparison.Ordinal) ? plain.Length - plain.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var rounding = (0.5 * Math.Pow(10, -decimals)) + 1e-9;
        double[] scales = unit.Trim().ToLowerInvariant() switch
        {
            "%" or "percent" => [1, 100],
            "s" or "sec" or "seconds" or "second" => [1, 1e-3],
            "min" or "minutes" or "minute" => [1, 1 / 60e3, 1 / 60.0],
            "ms" or "milliseconds" => [1],
            _ => [1],
        };
        return numbers.Any(known => scales.Any(scale => Math.Abs((known * scale) - said) <= rounding));
    }

    private void Collect(string result)
    {
        try
        {
            using var document = JsonDocument.Parse(result);
            Collect(document.RootElement, string.Empty);
        }
        catch (JsonException)
        {
            // What cannot be read shows nothing.
        }
    }

    // Numbers are facts where the data has them as numbers, or where a claim of this code counts them; never inside recorded text.
    private void Collect(JsonElement element, string member)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                numbers.Add(element.GetDouble());
                break;
            case JsonValueKind.String when member is "claims" or "shown":
                foreach (Match number in AnyNumber().Matches(Quoted().Replace(element.GetString()!, string.Empty))) Add(number.Value);
                break;
            case JsonValueKind.String when member != "told":
                values.Add(element.GetString()!.Trim());
                break;
            case JsonValueKind.Array:
                numbers.Add(element.GetArrayLength());
                foreach (var item in element.EnumerateArray()) Collect(item, member);
                break;
            case JsonValueKind.Object:
                foreach (var inner in element.EnumerateObject()) Collect(inner.Value, inner.Name);
                break;
            default:
                break;
        }
    }

    private void Add(string text)
    {
        if (double.TryParse(text.Replace(",", string.Empty, StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
    }

    [GeneratedRegex(@"^\[?\d{4}-\d\d-\d\dT\d\d:\d\d", RegexOptions.None, 500)]
    private static partial Regex IsoTime();

    [GeneratedRegex("`[^`]*`|\"[^\"]*\"|“[^”]*”|'[^']*'", RegexOptions.None, 500)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\d[\d,]*(?:\.\d+)?", RegexOptions.None, 500)]
    private static partial Regex AnyNumber();

    [GeneratedRegex(
        """
        (?<link>!?\[(?<label>[^\]\n]*)\]\([^)\n]*\)|<?\b[a-z][a-z0-9+.-]*://[^\s>)]+>?|\bwww\.[^\s)]+)
        |(?<code>`(?<inner>[^`\n]+)`)
        |(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
        |(?<mention>(?<!\w)[@\#][A-Za-z][\w.-]*|<[@!\#][^>\s]*>)
        |(?<hex>\b(?:[0-9a-f]{32}|[0-9a-f]{16})\b)
        |(?<time>\b\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|\b\d{1,2}:\d\d(?::\d\d)?\b)
        |(?<list>(?m:^\s*\d+\.(?=\s)))
        |(?<number>(?<![\w.-])-?\d[\d,]*(?:\.\d+)?)(?<unit>(?:\s?(?:%|(?:percent|ms|milliseconds?|s|sec|seconds?|min|minutes?)\b))?)
        |(?<person>\b\p{Lu}\p{Ll}+\ \p{Lu}\p{Ll}+\b)
        |[A-Za-z][\w-]*[A-Za-z0-9]
        """,
        RegexOptions.IgnorePatternWhitespace, 500)]
    private static partial Regex Claims();
}
