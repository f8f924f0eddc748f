using System.Collections.Concurrent;
using System.Diagnostics;
using Copilot.Answers;
using Copilot.Answers.Contract;
using Copilot.Models.Tests.Doubles;
using Copilot.Store.Conversations;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>The spans of a question that a model answered, by the semantic conventions for generative AI.</summary>
[Trait("needs", "postgres")]
public sealed class TracingTests(ModelRoom room) : IClassFixture<ModelRoom>
{
    private const string Measure = """{"measures":["error_rate"],"services":["pay"],"from":"2026-03-01T12:02:00Z"}""";

    [Theory]
    [InlineData("openai", "openai")]
    [InlineData("azure", "azure.ai.openai")]
    [InlineData("anthropic", "anthropic")]
    public async Task A_question_is_one_trace_of_chats_and_tools(string provider, string name)
    {
        await using var model = new ChatDouble(
            turn => turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Says("The error rate was 50 %."),
            provider == "anthropic" ? MessagesProtocol.Anthropic : new CompletionsProtocol(provider)
        );
        var spans = await SpansAsync(model.Settings);

        var question = Assert.Single(spans, span => span.OperationName == "invoke_agent copilot");
        Assert.Null(question.ParentId);
        Assert.Equal(
            (name, "double", "200", "40"),
            (
                Tag(question, "gen_ai.provider.name"),
                Tag(question, "gen_ai.request.model"),
                Tag(question, "gen_ai.usage.input_tokens"),
                Tag(question, "gen_ai.usage.output_tokens")
            )
        );
        var chats = spans.Where(span => span.OperationName == "chat double").ToList();
        Assert.Equal(2, chats.Count);
        Assert.All(
            chats,
            chat =>
                Assert.Equal(
                    ("chat", ActivityKind.Client, "100", "20", question.SpanId.ToString()),
                    (
                        Tag(chat, "gen_ai.operation.name"),
                        chat.Kind,
                        Tag(chat, "gen_ai.usage.input_tokens"),
                        Tag(chat, "gen_ai.usage.output_tokens"),
                        chat.ParentSpanId.ToString()
                    )
                )
        );
        var tool = Assert.Single(spans, span => span.OperationName == "execute_tool query");
        Assert.Equal(
            ("execute_tool", "query", "function"),
            (Tag(tool, "gen_ai.operation.name"), Tag(tool, "gen_ai.tool.name"), Tag(tool, "gen_ai.tool.type"))
        );
        Assert.NotNull(Tag(tool, "gen_ai.tool.call.id"));
        // Nobody asked for content.
        var told = string.Join('\n', spans.SelectMany(span => span.TagObjects).Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.DoesNotContain("error rate", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("error_rate", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_is_there_where_it_is_asked_for_and_redacted()
    {
        await using var model = new ChatDouble(turn =>
            turn.Round == 0 ? ChatRound.Call("query", Measure) : ChatRound.Says("The error rate was 50 %.")
        );
        var spans = await SpansAsync(new Dictionary<string, string?>(model.Settings) { ["Tracing:Content"] = "true" });
        var told = string.Join('\n', spans.SelectMany(span => span.TagObjects).Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Contains("gen_ai.input.messages", told, StringComparison.Ordinal);
        Assert.Contains("error_rate", told, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@shop.example", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_provider_is_an_error_with_the_stand_in_below_it()
    {
        await using var model = new ChatDouble(_ => ChatRound.Fails(503));
        var spans = await SpansAsync(model.Settings);
        var question = Assert.Single(spans, span => span.OperationName == "invoke_agent copilot" && span.ParentId is null);
        Assert.Equal((ActivityStatusCode.Error, "model_failed"), (question.Status, Tag(question, "error.type")));
        Assert.Single(spans, span => span.OperationName == "invoke_agent copilot" && span.ParentSpanId == question.SpanId);
    }

    [Fact]
    public async Task The_copilot_answers_about_itself_where_its_whole_name_is_said()
    {
        for (var i = 0; i < 4; i++)
            await room.Rows.SpanAsync(OwnService.Name, "invoke_agent copilot", 130 + i, 100, kind: SpanKind.Internal);
        var own = await room.AskAsync(ModelRoom.NoModel, $"mean latency of {OwnService.Name} since 12:02", AnswerEngine.BuiltIn);
        Assert.Equal(new ScalarResult("mean_latency", 100, "ms"), own.Result);
        Assert.Equal(
            4,
            Assert
                .IsType<TracesResult>(
                    (
                        await room.AskAsync(ModelRoom.NoModel, $"slowest traces of {OwnService.Name} since 12:02", AnswerEngine.BuiltIn)
                    ).Result
                )
                .Total
        );
        // Whoever greets it does not ask about it, and where nothing is named it is left out.
        Assert.Equal(
            new ScalarResult("request_count", 120, "count"),
            (await room.AskAsync(ModelRoom.NoModel, "hey copilot, how many requests did pay get since 12:02", AnswerEngine.BuiltIn)).Result
        );
        Assert.DoesNotContain(
            Assert
                .IsType<ServicesResult>(
                    (await room.AskAsync(ModelRoom.NoModel, "slowest services by p95 since 12:02", AnswerEngine.BuiltIn)).Result
                )
                .Items,
            item => item.Service == OwnService.Name
        );
    }

    private async Task<List<Activity>> SpansAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CopilotTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var answer = await room.AskAsync(settings, "error rate of pay in the last 2 minutes for ada@shop.example");
        // Other tests ask at the same time.
        var mine = spans.Single(span => Tag(span, "gen_ai.conversation.id") == answer.ConversationId && span.ParentId is null).TraceId;
        return [.. spans.Where(span => span.TraceId == mine)];
    }

    private static string? Tag(Activity span, string name) => span.GetTagItem(name)?.ToString();
}
