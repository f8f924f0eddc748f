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
        new TableResult(
            [new("service"), new("operation"), new("time"), new("span.region"), new("span.size"), new("p95", "ms"), new("error_rate", "1")],
            [
                ["pay", "charge", "2026-03-01T12:02:00+00:00", "EU", 7L, 1.5, null],
                [null, null, "noon", "pay", 8L, 2.5, 0.5],
            ],
            9
        ),
        new PeriodResult(Time, Time.AddMinutes(4), false, "pay", "charge", "error_rate", "1", 0.01, 0.5, Time.AddMinutes(1)),
        new ErrorsResult([new ErrorGroup("pay", "TimeoutException", "m", 2, Time, Time, [Incident.Trace], "at x")]),
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
    public void A_table_says_of_each_cell_who_wrote_it()
    {
        var rows = (JsonArray)AnswerTable.Of(All[nameof(TableResult)])["rows"]!;
        KnownAs?[] known = [.. rows.OfType<JsonArray>().SelectMany(row => row.Select(cell => KnownText.Of(cell)?.As))];
        KnownAs?[] first = [KnownAs.Service, KnownAs.Operation, KnownAs.Time, null, null, null, null];
        Assert.Equal([.. first, null, null, null, null, null, null, null], known);
        Assert.Contains("\"quotedRows\":[[\"pay\",", Written(rows.Parent!), StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_of_a_log_record_are_pairs_whose_keys_are_quoted_too()
    {
        using var attributes = JsonDocument.Parse("""{"region":"EU","password":"hunter2"}""");
        var logs = new LogsResult([new LogItem(Time, "pay", "ERROR", "b", null, null, attributes.RootElement)], 1);
        var read = Findings.Of(logs).Redacted(new Redactor(new RedactionOptions { Keys = ["password"] })).ToString();
        Assert.Contains("""{"quotedKey":"region","quotedValue":"EU"}""", read, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", read, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_and_stack_traces_of_errors_are_quoted()
    {
        var errors = Written(AnswerTable.Of(All[nameof(ErrorsResult)]));
        foreach (var name in (string[])["quotedType", "quotedMessage", "quotedStackTrace"])
            Assert.Contains($"\"{name}\":", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_reads_all_that_was_asked_for_and_nothing_twice()
    {
        var answer = new Answer
        {
            ConversationId = "c_1",
            Outcome = Outcome.Answered,
            Text = "text",
            Understood = new Understood { Intent = "query" },
            Result = new TableResult(
                [new("span.region"), new("p95", "ms")],
                [
                    [new string('x', 5000), 4L],
                ],
                1
            ),
            More =
            [
                new ScalarResult("p95", 4, "ms"),
                new ScalarResult("failed_count", 3, "count"),
                new ServicesResult([.. Enumerable.Range(0, 30).Select(n => new ServiceItem($"pay-{n}", "match", 1, null))]),
            ],
            Coverage = new Coverage(true, null, ""),
        };

        var read = JsonNode.Parse(ToolResult.Of(answer).ToString())!;

        Assert.Equal(["scalar", "services"], read["more"]!.AsArray().Select(more => more!["kind"]!.GetValue<string>()));
        Assert.Equal("failed_count", read["more"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(25, read["more"]![1]!["items"]!.AsArray().Count);
        Assert.Equal("""{"total":1,"shown":1,"truncated":false}""", read["page"]!.ToJsonString());
        Assert.InRange(read["data"]!["quotedRows"]![0]![0]!.GetValue<string>().Length, 100, 400);
    }

    [Fact]
    public void A_long_table_is_said_to_be_cut_by_its_rows()
    {
        var rows = Enumerable.Range(0, 15).Select(n => (IReadOnlyList<object?>)[$"region-{n} {new string('x', 100)}", (long)n]).ToList();
        var result = Findings.Of(new TableResult([new("span.region"), new("request_count", "count")], rows, 400)).Within(1200);

        Assert.Matches(""""page":{"total":400,"shown":(\d),"truncated":true,"cursor":"\1"""", result.ToString());
    }

    [Fact]
    public void Values_of_named_keys_are_taken_out_of_tables_and_counts_stay()
    {
        var result = Findings
            .Of(
                new TableResult(
                    [new("span.password"), new("span.region"), new("distinct_token", "count")],
                    [
                        ["hunter2", "EU", 4L],
                        [17L, "US", 5L],
                    ],
                    2
                )
            )
            .Redacted(new Redactor(new RedactionOptions { Keys = ["password", "token"] }))
            .ToString();
        Assert.Contains("""[["[redacted]","EU",4],["[redacted]","US",5]]""", result, StringComparison.Ordinal);
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

    private static string Written(JsonNode tree) => ToolResult.Of((JsonObject)tree.DeepClone()).ToString();
}
