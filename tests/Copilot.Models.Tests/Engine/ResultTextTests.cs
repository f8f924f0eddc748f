using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Models.Audit;
using Copilot.Models.Tools;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>Who wrote a text stays with it, from the tool through cutting and redaction; what no one vouches for is a stranger's.</summary>
public sealed class ResultTextTests
{
    private static readonly DateTimeOffset Time = Findings.Window.From;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Kinds => [.. All.Keys];

    private static readonly Dictionary<string, AnswerResult> All = new AnswerResult[]
    {
        new ScalarResult("p95", 1.5, "ms"),
        new ComparisonResult("p95", "ms", 1, 2),
        new SeriesResult("p95", "ms", [new SeriesPoint(Time, 1.25)]),
        new ServicesResult([new ServiceItem("pay", "cause", 0.5, null)]),
        new OperationsResult([new OperationItem("pay", "charge", 1, "ms")]),
        new TracesResult([new TraceItem(Incident.Trace, Time, 1, "web", "GET /", 2)], 7),
        new TraceResult(Incident.Trace, 1, ["pay"], [new CriticalPathItem("pay", "charge", 1)]),
        new BreakdownResult("span.currency", [new BreakdownItem("CHF", 1, 0.5, 2)]),
        new LogsResult([new LogItem(Time, "pay", "ERROR", "b", null, null)], 3),
        new ChangesResult([new ChangeItem(Time, "pay", "deploy", null, "s")]),
        new OwnersResult([new OwnerItem("pay", "t", [new OwnerPerson("Ada", null, true)], null, "f", null)]),
        new ChoicesResult(["a"]),
        new NoResult(),
    }.ToDictionary(result => result.GetType().Name);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_model_reads_the_shape_of_the_api(string kind) =>
        Assert.Equal(JsonSerializer.Serialize<AnswerResult>(All[kind], Json), AnswerTable.Of(All[kind]).ToJsonString(Json));

    [Fact]
    public void Every_kind_of_result_says_who_wrote_its_texts() =>
        Assert.Equal(
            typeof(AnswerResult)
                .GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false)
                .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>()
                .Select(derived => derived.DerivedType.Name)
                .Order(StringComparer.Ordinal),
            All.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void What_a_tool_says_nothing_about_is_shown_as_quoted()
    {
        var result = ToolResult
            .Of(
                new JsonObject
                {
                    ["service"] = KnownText.Leaf("pay", KnownAs.Service),
                    ["body"] = "hi",
                    ["values"] = new JsonArray("a", "b"),
                }
            )
            .ToString();
        Assert.Equal("""{"service":"pay","quotedBody":"hi","quotedValues":["a","b"]}""", result);
    }

    [Fact]
    public void Cutting_and_redaction_leave_who_wrote_it()
    {
        var rows = Enumerable
            .Range(0, 40)
            .Select(i =>
                (JsonNode)
                    new JsonObject
                    {
                        ["service"] = KnownText.Leaf($"pay-{i}", KnownAs.Service),
                        ["body"] = "mail a@b.example " + new string('x', 50),
                    }
            )
            .ToList();
        var result = ToolResult.List("rows", rows, 40).Within(1000).Redacted(new Redactor(new RedactionOptions()));
        var row = result.Tree["rows"]!.AsArray()[0]!;
        Assert.Equal(("pay-0", KnownAs.Service), KnownText.Of(row["service"]));
        Assert.Null(KnownText.Of(row["body"])!.Value.As);
        Assert.Contains("[e-mail]", result.ToString(), StringComparison.Ordinal);
        Assert.InRange(result.ToString().Length, 50, 1000);
    }

    [Fact]
    public void Values_of_named_keys_are_taken_out_where_the_key_is_a_strangers_too()
    {
        var redactor = new Redactor(new RedactionOptions { Keys = ["password"] });
        Assert.DoesNotContain(
            "hunter2",
            redactor.RedactJson("""{"attributes":[{"quotedKey":"span.password","quotedValue":"hunter2"}]}"""),
            StringComparison.Ordinal
        );
    }
}
