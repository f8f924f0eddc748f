using System.Net;
using System.Text.Json.Nodes;

namespace Copilot.Models.Tests.Doubles;

/// <summary>Chat completions, as OpenAI, Azure's v1 endpoint and compatible servers speak them.</summary>
public sealed class CompletionsProtocol(string provider) : ModelProtocol
{
    private const string Key = "test-key-of-the-double";

    public static CompletionsProtocol Compatible { get; } = new("compatible");

    public static CompletionsProtocol OpenAi { get; } = new("openai");

    public static CompletionsProtocol Azure { get; } = new("azure");

    private string Path => provider == "azure" ? "/openai/v1/chat/completions" : "/v1/chat/completions";

    // A resource's address is what Azure's portal shows; the path of the endpoint is for the client to know.
    public override Dictionary<string, string?> Settings(string host) => Settings(provider, provider == "azure" ? host : host + "v1/", Key);

    public override IEnumerable<string> Check(HttpListenerRequest http, JsonObject body)
    {
        if (http.HttpMethod != "POST" || http.Url!.AbsolutePath != Path)
            yield return $"{http.HttpMethod} {http.Url}";
        if (provider == "azure")
        {
            if (http.Headers["api-key"] != Key)
                yield return "no api-key header";
            if (http.Headers["Authorization"] is not null)
                yield return "a bearer token beside the api-key";
            if (http.QueryString["api-version"] is not null)
                yield return "the v1 endpoint takes no api-version";
        }
        else if (http.Headers["Authorization"] != "Bearer " + Key)
        {
            yield return "no bearer token";
        }

        if (http.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            yield return $"content type {http.ContentType}";
        foreach (var complaint in CompletionsRules.Check(body))
            yield return complaint;
    }

    public override ChatTurn Read(JsonObject body)
    {
        var messages = body["messages"]!.AsArray().Select(message => message!.AsObject()).ToList();
        var callable = body["tool_choice"] is JsonValue choice && choice.GetValue<string>() == "none" ? [] : body["tools"]?.AsArray() ?? [];
        return new ChatTurn(
            messages.Count(message => message["role"]!.GetValue<string>() == "assistant"),
            [.. messages.Where(message => message["role"]!.GetValue<string>() == "tool").Select(ContentOf)],
            [.. callable.Select(tool => tool!["function"]!["name"]!.GetValue<string>())],
            string.Join("\n", messages.Select(ContentOf))
        );
    }

    public override IEnumerable<string> Events(ChatRound round)
    {
        foreach (var chunk in Chunks(round))
            yield return $"data: {chunk.ToJsonString()}\n\n";
        if (!round.Torn)
            yield return "data: [DONE]\n\n";
    }

    public override JsonObject Error(int status) =>
        new()
        {
            ["error"] = new JsonObject
            {
                ["message"] = "no",
                ["type"] = "server_error",
                ["param"] = null,
                ["code"] = null,
            },
        };

    private static IEnumerable<JsonObject> Chunks(ChatRound round)
    {
        yield return Chunk(new JsonObject { ["role"] = "assistant", ["content"] = string.Empty });
        foreach (var piece in round.Text.Chunk(7))
            yield return Chunk(new JsonObject { [round.Refused ? "refusal" : "content"] = new string(piece) });
        for (var index = 0; index < round.Calls.Count; index++)
        {
            yield return Chunk(
                Part(index, new JsonObject { ["name"] = round.Calls[index].Name, ["arguments"] = string.Empty }, $"call_{Guid.NewGuid():N}")
            );
            foreach (var piece in round.Calls[index].Arguments.Chunk(5))
                yield return Chunk(Part(index, new JsonObject { ["arguments"] = new string(piece) }, null));
        }

        if (round.Torn)
            yield break;
        yield return Chunk(
            [],
            round.Calls.Count > 0 ? "tool_calls"
                : round.Cut ? "length"
                : "stop"
        );
        yield return new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion.chunk",
            ["created"] = 1,
            ["model"] = "double",
            ["choices"] = new JsonArray(),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = round.InputTokens,
                ["completion_tokens"] = round.OutputTokens,
                ["total_tokens"] = round.InputTokens + round.OutputTokens,
            },
        };
    }

    private static JsonObject Part(int index, JsonObject function, string? id)
    {
        var call = new JsonObject { ["index"] = index, ["function"] = function };
        if (id is not null)
        {
            call["id"] = id;
            call["type"] = "function";
        }

        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private static JsonObject Chunk(JsonObject delta, string? finish = null) =>
        new()
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion.chunk",
            ["created"] = 1,
            ["model"] = "double",
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["index"] = 0,
                    ["delta"] = delta,
                    ["finish_reason"] = finish,
                }
            ),
        };

    private static string ContentOf(JsonObject message) =>
        message["content"] switch
        {
            JsonArray parts => string.Concat(parts.Select(part => part!["text"]?.GetValue<string>())),
            JsonValue text => text.GetValue<string>(),
            _ => string.Empty,
        };
}
