using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Copilot.Models.Audit;
using Copilot.Models.Tools;

namespace Copilot.Models.Checking;

/// <summary>A number that a tool's result shows.</summary>
/// <param name="Services">Whose it is; empty: nobody's in particular.</param>
/// <param name="Measure">What it measures, as its result names it: "errorRate", "failed_count".</param>
/// <param name="IsPast">It is what was before, for comparison.</param>
internal sealed record Fact(double Value, FactUnit Unit, IReadOnlyList<string> Services, string Measure = "", bool IsPast = false)
{
    /// <summary>It counts what failed.</summary>
    public bool IsOfFailures => Measure is "errorRate" or "error_rate" or "failed" or "failed_count" or "errorSpans";
}

/// <summary>What a number counts, as far as its result says: only like is compared with like.</summary>
internal enum FactUnit
{
    /// <summary>A count, or something whose unit is not told.</summary>
    Plain,

    /// <summary>Milliseconds.</summary>
    Duration,

    /// <summary>0 to 1, said in percent.</summary>
    Ratio,

    /// <summary>A second.</summary>
    Rate,
}

/// <summary>
/// What the results of a question show: numbers with what they count and whose they are, names as what they are known as, roles, health.
/// What a stranger wrote is kept apart: it may be quoted and is no fact.
/// </summary>
internal sealed partial class Facts
{
    private readonly IReadOnlyList<string> _services;
    private readonly List<Fact> _numbers = [];
    private readonly Dictionary<KnownAs, HashSet<string>> _names = [];
    private readonly List<Quotation> _quotations = [];
    private readonly HashSet<string> _causes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _troubled = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HealthRow> _health = [];

    /// <param name="results">What the tools gave back.</param>
    /// <param name="question">Names and numbers that the person used may be said again.</param>
    /// <param name="services">All services known.</param>
    public Facts(IEnumerable<ToolResult> results, string question, IReadOnlyList<string> services)
    {
        this._services = services;
        foreach (var result in results)
            Collect(result);
        // A person's counts and times may be said again; a rate that somebody pasted is no finding.
        foreach (Match found in Numbers().Matches(question))
        {
            if (SaidNumber.Of(found.Value.Trim()) is { Unit: null or FactUnit.Duration } said)
                _numbers.Add(new Fact(said.Value, said.Unit ?? FactUnit.Plain, []));
        }
    }

    /// <summary>Services that a result names as a cause.</summary>
    public IReadOnlyCollection<string> Causes => _causes;

    /// <summary>Services of which a result shows that something is wrong; an empty name for requests of no service in particular.</summary>
    public IReadOnlyCollection<string> Troubled => _troubled;

    public IReadOnlyList<HealthRow> Health => _health;

    /// <summary>A result shows the health of every service there is.</summary>
    public bool KnowsEveryService { get; private set; }

    /// <summary>A result says that there is nothing.</summary>
    public bool HasNothing { get; private set; }

    /// <summary>Figures of failures as they are now.</summary>
    public IEnumerable<Fact> Failures => _numbers.Where(fact => fact.IsOfFailures && !fact.IsPast);

    public IReadOnlyList<Quotation> Quotations => _quotations;

    /// <summary>What is known as one of these.</summary>
    public IEnumerable<string> Named(params KnownAs[] kinds) => kinds.SelectMany(kind => _names.GetValueOrDefault(kind) ?? []);

    public bool IsNamed(string name, params KnownAs[] kinds) => kinds.Any(kind => _names.GetValueOrDefault(kind)?.Contains(name) == true);

    /// <summary>The numbers of results that a said one may be.</summary>
    public IReadOnlyList<Fact> Of(SaidNumber said, IReadOnlyList<string> about) =>
        [
            .. _numbers.Where(fact =>
                said.Is(fact)
                && (fact.Measure != "ratio" || Math.Abs(said.Value - fact.Value) <= CheckingThresholds.Factor * Math.Abs(fact.Value))
                && (about.Count == 0 || fact.Services.Count == 0 || fact.Services.Intersect(about, StringComparer.OrdinalIgnoreCase).Any())
            ),
        ];

    /// <param name="about">The services that the sentence names; empty: nobody in particular.</param>
    public bool Shows(SaidNumber said, IReadOnlyList<string> about) => Of(said, about).Count > 0;

    /// <summary>The known services that a text names.</summary>
    public IReadOnlyList<string> ServicesIn(string text) => [.. _services.Where(service => Names(text, service))];

    private static bool Names(string text, string service)
    {
        for (
            var at = text.IndexOf(service, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(service, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var end = at + service.Length;
            if ((at == 0 || !IsOfName(text[at - 1])) && (end == text.Length || !IsOfName(text[end])))
                return true;
        }

        return false;
    }

    private static bool IsOfName(char sign) => char.IsLetterOrDigit(sign) || sign is '-' or '_' or '/';

    private void Collect(ToolResult result)
    {
        var tree = result.Tree;
        HasNothing |= result.Status == "no_data";
        KnowsEveryService |=
            result.Status == "ok" && tree["everyService"] is JsonValue every && every.TryGetValue<bool>(out var all) && all;
        // The queries say whose numbers those are that bear no name themselves.
        var about = tree["queries"] is JsonArray queries
            ? ServicesIn(string.Join(' ', queries.Select(query => KnownText.Of(query)?.Text)))
            : [];
        Collect(tree, string.Empty, FactUnit.Plain, new Place(about, null, string.Empty, false, false));
        if (KnownText.Of(tree["window"]) is (var window, KnownAs.Time))
            CollectWindow(window);
    }

    // Numbers are facts where the data has them as numbers, or where a claim of this code counts them; never inside recorded text.
    private void Collect(JsonNode? node, string member, FactUnit unit, Place place)
    {
        switch (node)
        {
            case JsonArray list:
                // How many figures follow from a result says nothing of what was measured.
                if (member != "figures")
                    _numbers.Add(new Fact(list.Count, FactUnit.Plain, []));
                foreach (var item in list)
                    Collect(item, member, unit, place);
                break;
            case JsonObject members:
                CollectMembers(members, unit, place);
                break;
            case JsonValue value when KnownText.Of(value) is (var text, var what):
                CollectText(text.Trim(), what, place);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                var measure = IsMeasured(member) ? place.Measure : member;
                _numbers.Add(
                    new Fact(
                        double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
                        UnitOf(member, unit),
                        place.Services,
                        measure,
                        place.IsPast || member == "before"
                    )
                );
                break;
            default:
                break;
        }
    }

    private void CollectText(string text, KnownAs? what, Place place)
    {
        switch (what)
        {
            case null:
                _quotations.Add(new Quotation(text, place.Key, place.IsRunbook));
                break;
            case KnownAs.Claim:
                CollectNumbers(Quoted().Replace(text, " "), ServicesIn(text) is { Count: > 0 } named ? named : place.Services);
                break;
            case KnownAs.Told:
                break;
            case { } known:
                if (!_names.TryGetValue(known, out var all))
                    _names[known] = all = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                all.Add(text);
                break;
        }
    }

    private void CollectMembers(JsonObject members, FactUnit unit, Place place)
    {
        if (Text(members, "unit") is { } told)
            unit = UnitOf(told);
        if (Text(members, "unit") is not null && Text(members, "name") is { } measure)
            place = place with { Measure = measure };
        if (Text(members, "service") is { } service)
            place = place with { Services = [service] };
        if ((KnownText.Of(members["quotedKey"])?.Text ?? Text(members, "attribute")) is { } key)
            place = place with { Key = key };
        if (Text(members, "service") is { } one && Text(members, "role") is { } role)
        {
            if (role == "cause")
                _causes.Add(one);
            if (role is "cause" or "suspect" or "affected")
                _troubled.Add(one);
        }

        if (Text(members, "runbook") is not null)
            place = place with { IsRunbook = true };
        CollectHealth(members, place);
        if (Text(members, "kind") == "period" && Text(members, "from") is { } from && Text(members, "to") is { } to)
            CollectWindow($"{from}, {to}");
        foreach (var (name, value) in members)
        {
            if (name == "rows" && value is JsonArray rows && members["columns"] is JsonArray columns)
                CollectRows(rows, columns, place);
            else
                Collect(value, name, unit, name == "before" && value is JsonObject ? place with { IsPast = true } : place);
        }
    }

    // A cell is what its column says, and of the service that its row names.
    private void CollectRows(JsonArray rows, JsonArray columns, Place place)
    {
        _numbers.Add(new Fact(rows.Count, FactUnit.Plain, []));
        var names = columns.Select(column => KnownText.Of(column?["name"])?.Text ?? string.Empty).ToList();
        var units = columns.Select(column => UnitOf(KnownText.Of(column?["unit"])?.Text)).ToList();
        var named = names.IndexOf("service");
        foreach (var row in rows.OfType<JsonArray>())
        {
            var services = named >= 0 && KnownText.Of(row[named]) is (var service, KnownAs.Service) ? [service] : place.Services;
            for (var i = 0; i < row.Count; i++)
            {
                if (KnownText.Of(row[i]) is (var text, var what))
                    CollectText(text.Trim(), what, place with { Services = services, Key = names[i] });
                else if (row[i] is JsonValue cell && cell.GetValueKind() == JsonValueKind.Number)
                    CollectCell(double.Parse(cell.ToJsonString(), CultureInfo.InvariantCulture), names[i], units[i], services);
            }
        }
    }

    private void CollectCell(double value, string measure, FactUnit unit, IReadOnlyList<string> services)
    {
        var fact = new Fact(value, unit, services, measure);
        _numbers.Add(fact);
        if (fact.IsOfFailures && value > CheckingThresholds.WellErrors)
            _troubled.UnionWith(services.Count > 0 ? services : [string.Empty]);
    }

    private void CollectHealth(JsonObject members, Place place)
    {
        if (members["clearlyWorse"] is JsonValue worse && members["now"] is JsonObject now)
        {
            var row = new HealthRow(
                place.Services[0],
                worse.GetValue<bool>(),
                now["errorRate"] is JsonValue rate ? double.Parse(rate.ToJsonString(), CultureInfo.InvariantCulture) : 0
            );
            _health.Add(row);
            if (!row.IsWell)
                _troubled.Add(row.Service);
        }

        if (
            place.Measure is "error_rate" or "failed_count"
            && (members["after"] ?? members["value"] ?? members["peak"]) is JsonValue figure
            && figure.GetValueKind() == JsonValueKind.Number
            && double.Parse(figure.ToJsonString(), CultureInfo.InvariantCulture) > CheckingThresholds.WellErrors
        )
            _troubled.UnionWith(place.Services.Count > 0 ? place.Services : [string.Empty]);
    }

    // Members that hold the measure which their object names.
    private static bool IsMeasured(string member) => member is "value" or "before" or "after" or "peak" or "points";

    private static FactUnit UnitOf(string? told) =>
        told switch
        {
            "ms" => FactUnit.Duration,
            "1" => FactUnit.Ratio,
            "req/s" => FactUnit.Rate,
            _ => FactUnit.Plain,
        };

    private static FactUnit UnitOf(string member, FactUnit unit) =>
        member switch
        {
            _ when IsMeasured(member) => unit,
            "share" or "errorRate" => FactUnit.Ratio,
            _ when member.EndsWith("Ms", StringComparison.Ordinal) => FactUnit.Duration,
            _ => FactUnit.Plain,
        };

    private void CollectNumbers(string text, IReadOnlyList<string> about)
    {
        foreach (Match found in Numbers().Matches(text))
        {
            if (SaidNumber.Of(found.Value.Trim()) is { } said)
                _numbers.Add(new Fact(said.Value, said.Unit ?? FactUnit.Plain, about));
        }
    }

    private void CollectWindow(string window)
    {
        var bounds = window.Trim('[', ')').Split(", ");
        if (bounds.Length == 2 && Time(bounds[0]) is { } from && Time(bounds[1]) is { } to)
            _numbers.Add(new Fact((to - from).TotalMilliseconds, FactUnit.Duration, []));
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    // Only what is known says what the rest is: a stranger's text in its place does not.
    private static string? Text(JsonObject members, string name) => KnownText.Of(members[name]) is (var text, not null) ? text : null;

    /// <param name="Key">The attribute whose values stand here.</param>
    private sealed record Place(IReadOnlyList<string> Services, string? Key, string Measure, bool IsPast, bool IsRunbook);

    [GeneratedRegex("`[^`]*`|\"[^\"]*\"|“[^”]*”|'[^']*'", RegexOptions.None, PatternThresholds.OfResult)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"(?<![\w.])" + SaidNumber.Pattern,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        PatternThresholds.OfResult
    )]
    private static partial Regex Numbers();
}
