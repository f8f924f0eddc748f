using System.Net;
using System.Text.Json.Nodes;

namespace Copilot.Models.Tests.Doubles;

/// <summary>Anthropic's Messages API.</summary>
public sealed class MessagesProtocol : ModelProtocol
{
    private const string Key = "test-key-of-the-double";

    public static MessagesProtocol Anthropic { get; } = new();

    public override Dictionary<string, string?> Settings(string host) => Settings("anthropic", host.TrimEnd('/'), Key);

    public override IEnumerable<string> Check(HttpListenerRequest http, JsonObject body)
    {
        if (http.HttpMethod != "POST" || http.Url!.AbsolutePath != "/v1/messages")
            yield return $"{http.HttpMethod} {http.Url}";
        if (http.Headers["x-api-key"] != Key)
            yield return "x-api-key is missing or wrong";
        if (http.Headers["Authorization"] is not null)
            yield return "the key must come once";
        if (http.Headers["anthropic-version"] != "2023-06-01")
            yield return $"anthropic-version {http.Headers["anthropic-version"]}";
        if (http.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            yield return $"content type {http.ContentType}";
        foreach (var complaint in MessagesRules.Check(body))
            yield return complaint;
    }

    public override ChatTurn Read(JsonObject body)
    {
        var messages = body["messages"]!.AsArray().Select(message => message!.AsObject()).ToList();
        var blocks = messages.SelectMany(MessagesRules.Blocks).ToList();
        var callable = body["tool_choice"]?["type"]?.GetValue<string>() == "none" ? [] : body["tools"]?.AsArray() ?? [];
        var system = body["system"] switch
        {
            JsonArray parts => string.Concat(parts.Select(part => part!["text"])),
            { } text => text.GetValue<string>(),
            null => string.Empty,
        };
        return new ChatTurn(
            messages.Count(message => message["role"]!.GetValue<string>() == "assistant"),
            [.. blocks.Where(block => block["type"]!.GetValue<string>() == "tool_result").Select(ResultOf)],
            [.. callable.Select(tool => tool!["name"]!.GetValue<string>())],
            string.Join("\n", blocks.Select(block => block["text"]?.GetValue<string>() ?? ResultOf(block)).Prepend(system))
        );
    }

    public override IEnumerable<string> Events(ChatRound round)
    {
        yield return Event(
            "message_start",
            new JsonObject
            {
                ["message"] = new JsonObject
                {
                    ["id"] = "msg_1",
                    ["type"] = "message",
                    ["role"] = "assistant",
                    ["content"] = new JsonArray(),
                    ["model"] = "double",
                    ["stop_reason"] = null,
                    ["stop_sequence"] = null,
                    ["usage"] = new JsonObject { ["input_tokens"] = round.InputTokens, ["output_tokens"] = 1 },
                },
            }
        );
        yield return Event("ping", []);
        var index = 0;
        if (round.Text.Length > 0)
        {
            foreach (
                var written in Block(
                    index++,
                    new JsonObject { ["type"] = "text", ["text"] = "" },
                    round.Text.Chunk(7),
                    "text_delta",
                    "text"
                )
            )
                yield return written;
        }

        foreach (var (name, arguments) in round.Calls)
        {
            var start = new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = $"toolu_{Guid.NewGuid():N}",
                ["name"] = name,
                ["input"] = new JsonObject(),
            };
            foreach (var written in Block(index++, start, arguments.Chunk(5), "input_json_delta", "partial_json"))
                yield return written;
        }

        if (round.Overloaded)
        {
            yield return Event(
                "error",
                new JsonObject
                {
                    ["error"] = new JsonObject { ["type"] = "overloaded_error", ["message"] = "Overloaded" },
                }
            );
            yield break;
        }

        if (round.Torn)
            yield break;
        yield return Event(
            "message_delta",
            new JsonObject
            {
                ["delta"] = new JsonObject
                {
                    ["stop_reason"] =
                        round.Refused ? "refusal"
                        : round.Cut ? "max_tokens"
                        : round.Calls.Count > 0 ? "tool_use"
                        : "end_turn",
                    ["stop_sequence"] = null,
                },
                ["usage"] = new JsonObject { ["output_tokens"] = round.OutputTokens },
            }
        );
        yield return Event("message_stop", []);
    }

    public override JsonObject Error(int status) =>
        new()
        {
            ["type"] = "error",
            ["error"] = new JsonObject
            {
                ["type"] = status switch
                {
                    401 => "authentication_error",
                    404 => "not_found_error",
                    429 => "rate_limit_error",
                    529 => "overloaded_error",
                    _ => "api_error",
                },
                ["message"] = "no",
            },
            ["request_id"] = "req_1",
        };

    private static IEnumerable<string> Block(int index, JsonObject start, IEnumerable<char[]> pieces, string kind, string member)
    {
        yield return Event("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = start });
        foreach (var piece in pieces)
            yield return Event(
                "content_block_delta",
                new JsonObject
                {
                    ["index"] = index,
                    ["delta"] = new JsonObject { ["type"] = kind, [member] = new string(piece) },
                }
            );
        yield return Event("content_block_stop", new JsonObject { ["index"] = index });
    }

    private static string Event(string name, JsonObject data)
    {
        data["type"] = name;
        return $"event: {name}\ndata: {data.ToJsonString()}\n\n";
    }

    private static string ResultOf(JsonObject block) =>
        block["content"] switch
        {
            JsonArray parts => string.Concat(parts.Select(part => part!["text"]?.GetValue<string>())),
            JsonValue text => text.GetValue<string>(),
            _ => string.Empty,
        };
}
