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

    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>By what the lists are called that hold the answer, the likeliest first.</summary>
    private static readonly string[] MainLists =
    [
        "rows",
        "items",
        "points",
        "criticalPath",
        "health",
        "spans",
        "steps",
        "services",
        "attributes",
        "metrics",
        "teams",
        "runbooks",
    ];

    private readonly JsonObject _whole;
    private Page _page = Page.First;
    private long? _total;
    private string _narrow = "narrow by service, operation, condition or window";

    private ToolResult(JsonObject whole) => _whole = whole;

    /// <summary>ok, truncated, no_data, error or refused.</summary>
    public string Status => KnownText.Of(_whole["status"])?.Text ?? string.Empty;

    /// <summary>The result with who wrote what.</summary>
    public JsonObject Tree => _whole;

    /// <summary>The call that it is the result of; null where none is known.</summary>
    public ToolCall? Call { get; private init; }

    /// <summary>The same as the result of a call.</summary>
    public ToolResult Of(ToolCall call) => new(_whole) { Call = call };

    /// <param name="page">Which rows are wanted; null for the first.</param>
    public static ToolResult Of(Answer answer, Page? page = null)
    {
        page ??= Page.First;
        var data = AnswerTable.Of(answer.Result);
        var more = answer.Shown.Skip(1).Select(AnswerTable.Of).ToList();
        var result = new JsonObject
        {
            ["status"] = Word(
                answer.Outcome switch
                {
                    Outcome.Answered => "ok",
                    Outcome.NoData => "no_data",
                    _ => "error",
                }
            ),
            ["data"] = data,
            ["figures"] = DerivedFigures.Of(answer.Result, answer.Understood.Window),
            ["claims"] = answer.Result is TableResult or BreakdownResult or SeriesResult
                ? null
                : KnownText.List(answer.Evidence.Select(claim => Bounded(claim.Claim, ToolThresholds.Text)), KnownAs.Claim),
            ["told"] = KnownText.Leaf(Bounded(Told(answer), ToolThresholds.Told), KnownAs.Told),
            ["window"] = answer.Understood.Window is { } window ? KnownText.Window(window.ToWindow()) : null,
            ["baseline"] = answer.Understood.Baseline is { } baseline ? KnownText.Window(baseline.ToWindow()) : null,
            ["queries"] = KnownText.List(answer.Queries.Select(query => Bounded(query.TraceQl, ToolThresholds.Text)), KnownAs.Query),
            ["exact"] = answer.Coverage.Exact,
            [StatedTable.Member] = StatedTable.Of(answer.Statements),
        };
        foreach (var empty in result.Where(member => member.Value is null).Select(member => member.Key).ToList())
            result.Remove(empty);
        if (more.Count > 0)
            result.Insert(2, "more", new JsonArray([.. more]));
        var whole = new ToolResult(result) { _page = page };
        whole.Turn(data, more);
        return whole;
    }

    /// <summary>The result with fewer items, where it is longer than a model should read; it says how many of how many it shows.</summary>
    public ToolResult Within(int longest)
    {
        if (ToString().Length <= longest)
            return this;
        // The words tell the data once more.
        _whole.Remove("told");
        var named = Main(_whole);
        for (var kept = ToolThresholds.MostRows; ToString().Length > longest && kept > 0; kept = (int)(kept * ToolThresholds.Kept))
        {
            foreach (var list in Lists(_whole).Where(list => list.Count > kept).ToList())
            {
                _whole["status"] = Word("truncated");
                while (list.Count > kept)
                    list.RemoveAt(list.Count - 1);
            }

            if (named is { } main)
                Number(main);
        }

        return ToString().Length <= longest
            ? this
            : Error("Even one item of this is longer than may be shown; narrow by service, operation, condition or window.");
    }

    /// <summary>Each text as a redactor leaves it; who wrote it stays.</summary>
    public ToolResult Redacted(Redactor redactor) => new(redactor.Redact(_whole)) { Call = Call };

    /// <summary>The JSON that the model reads: members with a stranger's words are called "quoted…".</summary>
    public override string ToString() => Written(_whole)!.ToJsonString(Json);

    private static JsonNode? Written(JsonNode? node) =>
        node switch
        {
            // What is not there needs no word.
            JsonObject members => new JsonObject(
                members
                    .Where(member => member.Value is not null && member.Key != StatedTable.Member)
                    .Select(member => KeyValuePair.Create(NameOf(member.Key, member.Value), Written(member.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Written)]),
            _ when KnownText.Of(node) is var (text, _) => JsonValue.Create(text),
            JsonValue value when value.TryGetValue<double>(out var number) && !double.IsInteger(number) => JsonValue.Create(
                Rounded(number)
            ),
            _ => node?.DeepClone(),
        };

    private static double Rounded(double number) =>
        Math.Round(
            number,
            Math.Clamp(ToolThresholds.Digits - (int)Math.Ceiling(Math.Log10(Math.Abs(number))), 0, ToolThresholds.MostDigits)
        );

    private static string NameOf(string name, JsonNode? value) =>
        IsStrangers(value) && !name.StartsWith("quoted", StringComparison.Ordinal)
            ? "quoted" + char.ToUpperInvariant(name[0]) + name[1..]
            : name;

    private static bool IsStrangers(JsonNode? value) =>
        value is JsonArray list ? list.Any(item => item is JsonValue or JsonArray && IsStrangers(item)) : KnownText.Of(value) is (_, null);

    // The lines of a list say its rows once more; what is said around them (what was left out, what is an estimate) stands nowhere else.
    private static string Told(Answer answer) =>
        answer.Result is TableResult or BreakdownResult or LogsResult or TracesResult or ErrorsResult or OperationsResult
            ? string.Join(
                '\n',
                answer
                    .Text.Split('\n')
                    .Where(line => line.Length > 0 && !line.StartsWith("- ", StringComparison.Ordinal) && !IsNumbered(line))
            )
            : answer.Text;

    private static bool IsNumbered(string line) =>
        char.IsAsciiDigit(line[0]) && line.TrimStart(Digits).StartsWith(". ", StringComparison.Ordinal);

    // The list that is the answer: the data's, or the tool's own.
    private static JsonArray? Main(JsonObject whole) =>
        Members(whole["data"] as JsonObject).Concat(Members(whole)) is var lists
            ? lists.FirstOrDefault(list => list.Count > 0) ?? lists.FirstOrDefault()
            : null;

    private static IEnumerable<JsonArray> Members(JsonObject? members) =>
        members is null ? [] : MainLists.Select(name => members[name]).OfType<JsonArray>();

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

    /// <param name="narrow">How else to see what is left out.</param>
    public static ToolResult List(
        string name,
        IReadOnlyCollection<JsonNode> items,
        int total,
        string narrow = "narrow by a part of the name",
        Page? page = null
    )
    {
        var whole = new ToolResult(new JsonObject { ["status"] = Word("ok"), [name] = new JsonArray([.. items]) })
        {
            _page = page ?? Page.First,
            _total = total,
            _narrow = narrow,
        };
        whole.Number((JsonArray)whole._whole[name]!);
        return whole;
    }

    public static ToolResult Of(JsonObject result) => new(result);

    // The model's own words may stand in it, so none of it is a fact.
    private static ToolResult Complaint(string status, string message) =>
        new(new JsonObject { ["status"] = Word(status), ["error"] = KnownText.Leaf(message, KnownAs.Told) });

    private static JsonNode? Word(string word) => KnownText.Leaf(word, KnownAs.Word);

    // The rows of the page, the other lists as long as a reader needs, and no text longer.
    private void Turn(JsonObject data, IReadOnlyList<JsonObject> more)
    {
        var main = Main(_whole);
        if (main is not null)
        {
            if (!_page.Applied)
            {
                _total = Total(data) ?? main.Count;
                for (var i = 0; i < _page.Offset && main.Count > 0; i++)
                    main.RemoveAt(0);
            }
            else
            {
                _total = Total(data) ?? (_page.Limit is null || main.Count < _page.Limit ? _page.Offset + main.Count : null);
            }

            Cut(main, _page.Shown(data["points"] == main));
            Number(main);
        }

        foreach (var part in more.Prepend(data))
        {
            foreach (var name in part.Select(member => member.Key).ToList())
            {
                if (part[name] is JsonArray list && list != main)
                    Cut(list, ToolThresholds.Items);
                Bound(part, name);
            }
        }
    }

    private static void Cut(JsonArray list, int most)
    {
        while (list.Count > most)
            list.RemoveAt(list.Count - 1);
    }

    private void Number(JsonArray main)
    {
        var told = _page.Told(main.Count, _total, _narrow);
        _whole["page"] = told;
        if (told["truncated"]!.GetValue<bool>() && Status == "ok")
            _whole["status"] = Word("truncated");
    }

    // A search counts what it does not list.
    private static long? Total(JsonObject data) => data["total"] is JsonValue total && total.TryGetValue<long>(out var all) ? all : null;

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
