using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Agent.Answers;
using Copilot.Telemetry.Text;

namespace Copilot.Agent.Tools;

/// <summary>
/// A tool's result as the model sees it: a status, the data, the query. Text from telemetry stands in it as JSON strings only,
/// bounded, so that nothing in it can be taken for anything but data.
/// </summary>
internal static class ToolResult
{
    /// <summary>How long a token is taken to be where only characters can be counted.</summary>
    public const int CharactersPerToken = 4;

    private const int MostItems = 20;
    private const int LongestText = 300;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Answer answer)
    {
        var data = JsonSerializer.SerializeToNode(answer.Result, Json)!.AsObject();
        var cut = Shorten(data);
        var result = new JsonObject
        {
            ["status"] = answer.Outcome switch
            {
                Outcome.Answered => cut is null ? "ok" : "truncated",
                Outcome.NoData => "no_data",
                _ => "error",
            },
            ["data"] = data,
            ["claims"] = new JsonArray([.. answer.Evidence.Select(claim => (JsonNode)Bounded(claim.Claim, LongestText))]),
            ["told"] = Bounded(answer.Text, 1200),
            ["window"] = answer.Understood.Window is { } window ? $"[{window.From.UtcDateTime:O}, {window.To.UtcDateTime:O})" : null,
            ["queries"] = new JsonArray([.. answer.Queries.Select(query => (JsonNode)Bounded(query.TraceQl, LongestText))]),
            ["exact"] = answer.Coverage.Exact,
        };
        if (cut is not null) result["shown"] = cut;
        return result.ToJsonString(Json);
    }

    /// <summary>The result with fewer items, where it is longer than a model should read; it says how many of how many it shows.</summary>
    public static string Within(string result, int longest)
    {
        if (result.Length <= longest || JsonNode.Parse(result) is not JsonObject whole) return result;
        // The words tell the data once more.
        whole.Remove("told");
        whole["status"] = "truncated";
        var totals = Lists(whole).ToDictionary(list => list, list => list.Count);
        for (var kept = MostItems; result.Length > longest && kept > 0; kept /= 2)
        {
            foreach (var list in Lists(whole).ToList())
            {
                while (list.Count > kept) list.RemoveAt(list.Count - 1);
            }

            if (Main(whole) is var (name, main)) whole["shown"] = Shown(name, main.Count, Total(whole, totals[main]));
            result = whole.ToJsonString(Json);
        }

        return result.Length <= longest ? result : Error("Even one item of this is longer than may be shown; narrow by service, operation, condition or window.");
    }

    private static string Shown(string name, long shown, long total) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: {shown} of {total}; narrow by service, operation, condition or window");

    // A search counts what it does not list.
    private static long Total(JsonObject whole, long listed) =>
        whole["data"]?["total"] is JsonValue total && total.TryGetValue<long>(out var all) ? Math.Max(all, listed) : listed;

    // The list that is the answer: the data's, or the tool's own.
    private static (string Name, JsonArray List)? Main(JsonObject whole)
    {
        foreach (var (name, value) in (whole["data"] as JsonObject ?? whole).ToList())
        {
            if (value is JsonArray list) return (name, list);
        }

        return null;
    }

    private static IEnumerable<JsonArray> Lists(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Lists).Prepend(list),
        JsonObject members => members.SelectMany(member => Lists(member.Value)),
        _ => [],
    };

    /// <summary>ok, truncated, no_data, error or refused.</summary>
    public static string StatusOf(string result) => JsonNode.Parse(result)?["status"]?.GetValue<string>() ?? string.Empty;

    public static string Error(string message) => new JsonObject { ["status"] = "error", ["error"] = Bounded(message, 500) }.ToJsonString(Json);

    public static string Refused(string message) => new JsonObject { ["status"] = "refused", ["error"] = message }.ToJsonString(Json);

    /// <summary>Nothing there is a result too.</summary>
    public static string None(string message) => new JsonObject { ["status"] = "no_data", ["told"] = message }.ToJsonString(Json);

    /// <param name="narrow">How to see what is left out.</param>
    public static string List(string name, IReadOnlyCollection<JsonNode> items, int total, string narrow = "narrow by a part of the name") => new JsonObject
    {
        ["status"] = items.Count < total ? "truncated" : "ok",
        [name] = new JsonArray([.. items]),
        ["shown"] = $"{items.Count} of {total}" + (items.Count < total ? "; " + narrow : string.Empty),
    }.ToJsonString(Json);

    public static string Of(JsonObject result) => result.ToJsonString(Json);

    // Cuts every list to what a reader needs; says so of the longest.
    private static string? Shorten(JsonObject data)
    {
        string? cut = null;
        foreach (var (name, value) in data.ToList())
        {
            if (value is JsonArray list && list.Count > MostItems)
            {
                cut = Shown(name, MostItems, data["total"] is JsonValue total && total.TryGetValue<long>(out var all) ? Math.Max(all, list.Count) : list.Count);
                while (list.Count > MostItems) list.RemoveAt(list.Count - 1);
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
                foreach (var key in inner.Select(pair => pair.Key).ToList()) Bound(inner, key);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is JsonObject item)
                    {
                        foreach (var key in item.Select(pair => pair.Key).ToList()) Bound(item, key);
                    }
                }

                break;
            case JsonValue text when text.TryGetValue<string>(out var words) && words.Length > LongestText:
                parent[name] = Bounded(words, LongestText);
                break;
            default:
                break;
        }
    }

    private static string Bounded(string text, int longest) => text.Length <= longest ? text : TextStart.Of(text, longest) + "…";
}
