using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Copilot.Agent.Model.Checking;

/// <summary>What the results of a question show: numbers with what they count and whose they are, names, roles.</summary>
internal sealed partial class Facts
{
    private readonly IReadOnlyList<string> services;
    private readonly List<Fact> numbers = [];
    private readonly HashSet<string> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> quoted = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> causes = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="results">What the tools gave back, as the model saw it.</param>
    /// <param name="question">Names and numbers that the person used may be said again.</param>
    /// <param name="services">All services known.</param>
    public Facts(IEnumerable<string> results, string question, IReadOnlyList<string> services)
    {
        this.services = services;
        foreach (var result in results) Collect(result);
        // A person's counts and times may be said again; a rate that somebody pasted is no finding.
        foreach (Match found in Numbers().Matches(question))
        {
            if (SaidNumber.Of(found.Value.Trim()) is { Unit: null or FactUnit.Duration } said) numbers.Add(new Fact(said.Value, said.Unit ?? FactUnit.Plain, []));
        }
    }

    /// <summary>Services that a result names as a cause.</summary>
    public IReadOnlyCollection<string> Causes => causes;

    public IEnumerable<string> Values => values;

    public bool IsNamed(string name) => values.Contains(name);

    /// <summary>What somebody wrote into telemetry or a runbook: it may be quoted as code, and is nobody's name.</summary>
    public bool IsQuoted(string words) => quoted.Contains(words);

    /// <summary>The numbers of results that a said one may be.</summary>
    public IReadOnlyList<Fact> Of(SaidNumber said, IReadOnlyList<string> about) => [.. numbers.Where(fact => said.Is(fact)
        && (about.Count == 0 || fact.Services.Count == 0 || fact.Services.Intersect(about, StringComparer.OrdinalIgnoreCase).Any()))];

    /// <param name="about">The services that the sentence names; empty: nobody in particular.</param>
    public bool Shows(SaidNumber said, IReadOnlyList<string> about) => Of(said, about).Count > 0;

    /// <summary>The known services that a text names.</summary>
    public IReadOnlyList<string> ServicesIn(string text) => [.. services.Where(service => Names(text, service))];

    private static bool Names(string text, string service)
    {
        for (var at = text.IndexOf(service, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(service, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + service.Length;
            if ((at == 0 || !IsOfName(text[at - 1])) && (end == text.Length || !IsOfName(text[end]))) return true;
        }

        return false;
    }

    private static bool IsOfName(char sign) => char.IsLetterOrDigit(sign) || sign is '-' or '_' or '/';

    private void Collect(string result)
    {
        try
        {
            using var document = JsonDocument.Parse(result);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return;
            // The queries say whose numbers those are that bear no name themselves.
            var about = document.RootElement.TryGetProperty("queries", out var queries) && queries.ValueKind == JsonValueKind.Array
                ? ServicesIn(string.Join(' ', queries.EnumerateArray().Select(query => query.ToString())))
                : [];
            Collect(document.RootElement, string.Empty, FactUnit.Plain, about);
            if (document.RootElement.TryGetProperty("window", out var window) && window.ValueKind == JsonValueKind.String) CollectWindow(window.GetString()!);
        }
        catch (JsonException)
        {
            // What cannot be read shows nothing.
        }
    }

    // Numbers are facts where the data has them as numbers, or where a claim of this code counts them; never inside recorded text.
    private void Collect(JsonElement element, string member, FactUnit unit, IReadOnlyList<string> about)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                numbers.Add(new Fact(element.GetDouble(), UnitOf(member, unit), about));
                break;
            case JsonValueKind.String when member is "claims" or "shown":
                var claim = Quoted().Replace(element.GetString()!, " ");
                CollectText(claim, ServicesIn(element.GetString()!) is { Count: > 0 } named ? named : about);
                break;
            case JsonValueKind.String when member.StartsWith("quoted", StringComparison.Ordinal):
                quoted.Add(element.GetString()!.Trim());
                break;
            case JsonValueKind.String when member != "told":
                values.Add(element.GetString()!.Trim());
                break;
            case JsonValueKind.Array:
                numbers.Add(new Fact(element.GetArrayLength(), FactUnit.Plain, []));
                foreach (var item in element.EnumerateArray()) Collect(item, member, unit, about);
                break;
            case JsonValueKind.Object:
                CollectMembers(element, unit, about);
                break;
            default:
                break;
        }
    }

    private void CollectMembers(JsonElement element, FactUnit unit, IReadOnlyList<string> about)
    {
        if (Text(element, "unit") is { } told) unit = told switch { "ms" => FactUnit.Duration, "1" => FactUnit.Ratio, "req/s" => FactUnit.Rate, _ => FactUnit.Plain };
        if (Text(element, "service") is { } service) about = [service];
        if (Text(element, "role") == "cause" && Text(element, "service") is { } cause) causes.Add(cause);
        foreach (var inner in element.EnumerateObject()) Collect(inner.Value, inner.Name, unit, about);
    }

    private static FactUnit UnitOf(string member, FactUnit unit) => member switch
    {
        "value" or "before" or "after" or "points" => unit,
        "share" or "errorRate" => FactUnit.Ratio,
        _ when member.EndsWith("Ms", StringComparison.Ordinal) => FactUnit.Duration,
        _ => FactUnit.Plain,
    };

    private void CollectText(string text, IReadOnlyList<string> about)
    {
        foreach (Match found in Numbers().Matches(text))
        {
            if (SaidNumber.Of(found.Value.Trim()) is { } said) numbers.Add(new Fact(said.Value, said.Unit ?? FactUnit.Plain, about));
        }
    }

    private void CollectWindow(string window)
    {
        var bounds = window.Trim('[', ')').Split(", ");
        if (bounds.Length == 2 && Time(bounds[0]) is { } from && Time(bounds[1]) is { } to) numbers.Add(new Fact((to - from).TotalMilliseconds, FactUnit.Duration, []));
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("`[^`]*`|\"[^\"]*\"|“[^”]*”|'[^']*'", RegexOptions.None, 500)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w.])" + SaidNumber.Pattern, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase, 500)]
    private static partial Regex Numbers();
}
