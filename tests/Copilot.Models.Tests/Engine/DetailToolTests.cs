using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Models.Tests.Doubles;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Sources;
using Copilot.Store.Conversations;
using Copilot.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>The closer looks: what a model gets of them, within its budget, and what the person is shown.</summary>
[Trait("needs", "postgres")]
public sealed class DetailToolTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    private const string Bad = "\"from\":\"2026-03-01T12:02:00Z\",\"to\":\"2026-03-01T12:04:00Z\"";

    [Fact]
    public async Task Health_sets_each_service_beside_the_time_before()
    {
        var (answer, results) = await CallsAsync("how is pay doing since 12:02", ("compare", $"{{\"services\":[\"pay\"],{Bad}}}"));
        var pay = results[0]["health"]![0]!;
        Assert.Equal(
            ("pay", true, 120, 60, 0.5),
            (
                pay["service"]!.GetValue<string>(),
                pay["clearlyWorse"]!.GetValue<bool>(),
                pay["now"]!["requests"]!.GetValue<int>(),
                pay["now"]!["failed"]!.GetValue<int>(),
                pay["now"]!["errorRate"]!.GetValue<double>()
            )
        );
        Assert.Equal(0, pay["before"]!["failed"]!.GetValue<int>());
        Assert.IsType<ServicesResult>(answer.Result);
    }

    [Fact]
    public async Task A_trace_is_outlined_and_a_span_of_it_opened()
    {
        var trace = room.FirstFailed.ToString();
        var (_, outlined) = await CallsAsync($"explain trace {trace}", ("trace", $"{{\"traceId\":\"{trace}\",\"view\":\"spans\"}}"));
        var spans = outlined[0]["spans"]!.AsArray();
        Assert.Equal(3, spans.Count);
        Assert.Equal(
            (3, 3, false),
            (
                outlined[0]["page"]!["total"]!.GetValue<int>(),
                outlined[0]["page"]!["shown"]!.GetValue<int>(),
                outlined[0]["page"]!["truncated"]!.GetValue<bool>()
            )
        );
        var charge = spans.Single(span => span!["operation"]!.GetValue<string>() == "charge")!["spanId"]!.GetValue<string>();
        var (answer, opened) = await CallsAsync(
            $"explain trace {trace}",
            ("trace", $"{{\"traceId\":\"{trace}\",\"spanId\":\"{charge}\"}}")
        );
        var span = opened[0]["data"]!;
        Assert.Equal(("pay", true), (span["service"]!.GetValue<string>(), span["failed"]!.GetValue<bool>()));
        Assert.Contains(
            span["attributes"]!.AsArray(),
            pair => pair!["quotedKey"]!.GetValue<string>() == "span.currency" && pair["quotedValue"]!.GetValue<string>() == "CHF"
        );
        Assert.IsType<TraceResult>(answer.Result);
    }

    [Fact]
    public async Task A_span_whose_id_looks_like_a_card_number_can_be_opened()
    {
        SpanRow span;
        do span = await room.Rows.SpanAsync("wide", "GET /card", 201, 10);
        while (!IsCard(span.SpanId.ToString()));
        var (_, outlined) = await CallsAsync(
            $"explain trace {span.TraceId}",
            ("trace", $"{{\"traceId\":\"{span.TraceId}\",\"view\":\"spans\"}}")
        );
        Assert.Equal(span.SpanId.ToString(), Assert.Single(outlined[0]["spans"]!.AsArray())!["spanId"]!.GetValue<string>());
    }

    /// <summary>Digits alone, with a right check digit.</summary>
    private static bool IsCard(string id) =>
        id.All(char.IsAsciiDigit)
        && id.Reverse().Select((digit, i) => (digit - '0') * (1 + (i % 2))).Sum(value => value > 9 ? value - 9 : value) % 10 == 0;

    [Fact]
    public async Task A_span_with_more_than_may_be_shown_says_so_and_how_to_narrow()
    {
        var attributes = Enumerable.Range(0, 90).ToDictionary(i => $"key.{i:00}", object (i) => new string('x', 400));
        var span = await room.Rows.SpanAsync("wide", "GET /", 200, 10, attributes: attributes);
        string Arguments(string part) => $"{{\"traceId\":\"{span.TraceId}\",\"spanId\":\"{span.SpanId}\",\"part\":\"{part}\"}}";
        var (_, results) = await CallsAsync(
            $"explain trace {span.TraceId}",
            ("trace", Arguments("")),
            ("trace", Arguments("key.42")),
            ("trace", Arguments("").Replace(span.SpanId.ToString(), "00000000000000ff", StringComparison.Ordinal))
        );
        Assert.Equal("truncated", results[0]["status"]!.GetValue<string>());
        Assert.Contains("narrow by", results[0]["shown"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.InRange(results[0].ToJsonString().Length, 200, 10_000);
        Assert.Single(results[1]["data"]!["attributes"]!.AsArray());
        Assert.Equal("no_data", results[2]["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Runbooks_are_found_by_words_and_by_service_and_quoted()
    {
        await using (var provider = await room.ComposeAsync(ModelRoom.NoModel))
        {
            await provider
                .GetRequiredService<CatalogIntake>()
                .PutAsync(
                    [
                        new CatalogFile(
                            "runbooks/pay-timeouts.md",
                            "---\nservices: [pay]\n---\n# Card timeouts\n\n## Symptoms\nCards time out.\n\n## Steps\n1. Look at the acquirer.\n"
                        ),
                        new CatalogFile(
                            "runbooks/web-memory.md",
                            "---\nservices: [web]\n---\n# Web out of memory\n\n## Symptoms\nPods restart.\n\n## Steps\n1. Roll back.\n"
                        ),
                    ],
                    CancellationToken.None
                );
        }

        var (answer, results) = await CallsAsync(
            "is there a runbook about card timeouts of pay",
            ("find", """{"what":"runbooks","text":"card timeout"}"""),
            ("find", """{"what":"runbooks","text":"sunshine"}"""),
            ("find", """{"what":"runbooks","service":"web"}""")
        );
        var found = results[0]["runbooks"]!.AsArray();
        Assert.Equal("pay-timeouts.md", found[0]!["runbook"]!.GetValue<string>());
        Assert.Equal("Look at the acquirer.", found[0]!["quotedSteps"]![0]!.GetValue<string>());
        Assert.Equal("no_data", results[1]["status"]!.GetValue<string>());
        Assert.Equal("web-memory.md", Assert.Single(results[2]["runbooks"]!.AsArray())!["runbook"]!.GetValue<string>());
        Assert.Equal(AnswerEngine.Model, answer.Engine);
    }

    [Fact]
    public async Task An_incident_is_only_ever_proposed()
    {
        var (answer, results) = await CallsAsync(
            "what is the root cause of the errors in the last 2 minutes?",
            ("diagnose", $"{{\"what\":\"incident\",{Bad}}}")
        );
        Assert.False(results[0]["created"]!.GetValue<bool>());
        Assert.Equal("pay", results[0]["data"]!["causes"]![0]!["service"]!.GetValue<string>());
        Assert.DoesNotContain("digest", results[0].ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(answer.Proposal);
        Assert.Equal(0L, await room.SqlAsync("select count(*) from incidents"));
    }

    [Fact]
    public async Task What_is_not_about_trouble_offers_no_proposal()
    {
        var (answer, _) = await CallsAsync("how many requests did pay get since 12:02", ("diagnose", $"{{\"what\":\"incident\",{Bad}}}"));
        Assert.Null(answer.Proposal);
    }

    private async Task<(Answer Answer, List<JsonNode> Results)> CallsAsync(string question, params (string, string)[] calls)
    {
        var results = new List<string>();
        await using var model = new ChatDouble(turn =>
        {
            results = [.. turn.Results];
            return turn.Round == 0 ? new ChatRound { Calls = [.. calls] } : ChatRound.Says("That is what I found.");
        });
        var answer = await room.AskAsync(model, question);
        Assert.Empty(model.Complaints);
        return (answer, [.. results.Select(result => JsonNode.Parse(result)!)]);
    }
}
