using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Models.Audit;
using Copilot.Telemetry.Text;

namespace Copilot.Models.Tools;

/// <summary>
/// A tool's result: a status, the data, the query. Text from telemetry stands in it as JSON strings only, bounded, so that nothing in it
/// can
/// be taken for anything but data. Its tree says of each text who wrote it (<see cref="KnownText"/>).
/// </summary>
internal sealed class ToolResult
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _whole;

    private ToolResult(JsonObject whole) => _whole = whole;

    /// <summary>ok, truncated, no_data, error or refused.</summary>
    public string Status => KnownText.Of(_whole["status"])?.Text ?? string.Empty;

    /// <summary>The result with who wrote what.</summary>
    public JsonObject Tree => _whole;

    public static ToolResult Of(Answer answer)
    {
        var data = AnswerTable.Of(answer.Result);
        var more = answer.Shown.Skip(1).Select(AnswerTable.Of).ToList();
        var cuts = more.Prepend(data).Select(Shorten).OfType<string>().ToList();
        var cut = cuts.Count == 0 ? null : string.Join("; ", cuts.Distinct(StringComparer.Ordinal));
        var result = new JsonObject
        {
            ["status"] = Word(
                answer.Outcome switch
                {
                    Outcome.Answered => cut is null ? "ok" : "truncated",
                    Outcome.NoData => "no_data",
                    _ => "error",
                }
            ),
            ["data"] = data,
            ["claims"] = KnownText.List(answer.Evidence.Select(claim => Bounded(claim.Claim, ToolThresholds.Text)), KnownAs.Claim),
            ["told"] = KnownText.Leaf(Bounded(answer.Text, ToolThresholds.Told), KnownAs.Told),
            ["window"] = answer.Understood.Window is { } window
                ? KnownText.Leaf($"[{window.From.UtcDateTime:O}, {window.To.UtcDateTime:O})", KnownAs.Time)
                : null,
            ["queries"] = KnownText.List(answer.Queries.Select(query => Bounded(query.TraceQl, ToolThresholds.Text)), KnownAs.Query),
            ["exact"] = answer.Coverage.Exact,
        };
        if (more.Count > 0)
            result.Insert(2, "more", new JsonArray([.. more]));
        if (cut is not null)
            result["shown"] = KnownText.Leaf(cut, KnownAs.Claim);
        return new ToolResult(result);
    }

    /// <summary>The result with fewer items, where it is longer than a model should read; it says how many of how many it shows.</summary>
    public ToolResult Within(int longest)
    {
        if (ToString().Length <= longest)
            return this;
        // The words tell the data once more.
        _whole.Remove("told");
        _whole["status"] = Word("truncated");
        var totals = Lists(_whole).ToDictionary(list => list, list => list.Count);
        var named = Main(_whole);
        for (var kept = ToolThresholds.Items; ToString().Length > longest && kept > 0; kept /= 2)
        {
            foreach (var list in Lists(_whole).ToList())
            {
                while (list.Count > kept)
                    list.RemoveAt(list.Count - 1);
            }

            if (named is var (name, main))
                _whole["shown"] = KnownText.Leaf(Shown(name, main.Count, Total(_whole, totals[main])), KnownAs.Claim);
        }

        return ToString().Length <= longest
            ? this
            : Error("Even one item of this is longer than may be shown; narrow by service, operation, condition or window.");
    }

    /// <summary>Each text as a redactor leaves it; who wrote it stays.</summary>
    public ToolResult Redacted(Redactor redactor) => new(redactor.Redact(_whole));

    /// <summary>The JSON that the model reads: members with a stranger's words are called "quoted…".</summary>
    public override string ToString() => Written(_whole)!.ToJsonString(Json);

    private static JsonNode? Written(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(NameOf(member.Key, member.Value), Written(member.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Written)]),
            _ when KnownText.Of(node) is var (text, _) => JsonValue.Create(text),
            _ => node?.DeepClone(),
        };

    private static string NameOf(string name, JsonNode? value) =>
        IsStrangers(value) && !name.StartsWith("quoted", StringComparison.Ordinal)
            ? "quoted" + char.ToUpperInvariant(name[0]) + name[1..]
            : name;

    private static bool IsStrangers(JsonNode? value) =>
        value is JsonArray list ? list.Any(item => item is JsonValue or JsonArray && IsStrangers(item)) : KnownText.Of(value) is (_, null);

    private static string Shown(string name, long shown, long total) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: {shown} of {total}; narrow by service, operation, condition or window");

    // A search counts what it does not list.
    private static long Total(JsonObject whole, long listed) =>
        whole["data"]?["total"] is JsonValue total && total.TryGetValue<long>(out var all) ? Math.Max(all, listed) : listed;

    // The list that is the answer: the data's, or the tool's own; of several the longest.
    private static (string Name, JsonArray List)? Main(JsonObject whole) =>
        (whole["data"] as JsonObject ?? whole)
            .Where(member => member.Value is JsonArray)
            .Select(member => (member.Key, (JsonArray)member.Value!))
            .OrderByDescending(list => list.Item2.Count)
            .Cast<(string, JsonArray)?>()
            .FirstOrDefault();

    private static IEnumerable<JsonArray> Lists(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.SelectMany(Lists).Prepend(list),
            JsonObject members => members.SelectMany(member => Lists(member.Value)),
            _ => [],
        };

    public static ToolResult Error(string message) => Complaint("error", Bounded(message, ToolThresholds.Complaint));

    public static ToolResult Refused(string message) => Complaint("refused", message);

    /// <summary>Nothing there is a result too.</summary>
    public static ToolResult None(string message) =>
        new(new JsonObject { ["status"] = Word("no_data"), ["told"] = KnownText.Leaf(message, KnownAs.Told) });

    /// <param name="narrow">How to see what is left out.</param>
    public static ToolResult List(
        string name,
        IReadOnlyCollection<JsonNode> items,
        int total,
        string narrow = "narrow by a part of the name"
    ) =>
        new(
            new JsonObject
            {
                ["status"] = Word(items.Count < total ? "truncated" : "ok"),
                [name] = new JsonArray([.. items]),
                ["shown"] = KnownText.Leaf(
                    $"{items.Count} of {total}" + (items.Count < total ? "; " + narrow : string.Empty),
                    KnownAs.Claim
                ),
            }
        );

    public static ToolResult Of(JsonObject result) => new(result);

    // The model's own words may stand in it, so none of it is a fact.
    private static ToolResult Complaint(string status, string message) =>
        new(new JsonObject { ["status"] = Word(status), ["error"] = KnownText.Leaf(message, KnownAs.Told) });

    private static JsonNode? Word(string word) => KnownText.Leaf(word, KnownAs.Word);

    // Cuts every list to what a reader needs; says so of the longest.
    private static string? Shorten(JsonObject data)
    {
        string? cut = null;
        foreach (var (name, value) in data.ToList())
        {
            if (value is JsonArray list && list.Count > ToolThresholds.Items)
            {
                cut = Shown(
                    name,
                    ToolThresholds.Items,
                    data["total"] is JsonValue total && total.TryGetValue<long>(out var all) ? Math.Max(all, list.Count) : list.Count
                );
                while (list.Count > ToolThresholds.Items)
                    list.RemoveAt(list.Count - 1);
            }

            Bound(data, name);
        }

        return cut;
    }

    private static void Bound(JsonObject parent, string name)
    {
        switch (parent[name])
        {
            case JsonObject inner:
                BoundMembers(inner);
                break;
            case JsonArray list:
                BoundItems(list);
                break;
            case { } text when Cut(text) is { } bounded:
                parent[name] = bounded;
                break;
            default:
                break;
        }
    }

    private static void BoundMembers(JsonObject members)
    {
        foreach (var key in members.Select(pair => pair.Key).ToList())
            Bound(members, key);
    }

    private static void BoundItems(JsonArray list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject item)
                BoundMembers(item);
            else if (list[i] is JsonArray inner)
                BoundItems(inner);
            else if (Cut(list[i]) is { } bounded)
                list[i] = bounded;
        }
    }

    private static JsonNode? Cut(JsonNode? text) =>
        KnownText.Of(text) is (var words, var what) && words.Length > ToolThresholds.Text
            ? KnownText.With(Bounded(words, ToolThresholds.Text), what)
            : null;

    private static string Bounded(string text, int longest) => text.Length <= longest ? text : TextStart.Of(text, longest) + "…";
}
