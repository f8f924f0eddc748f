using System.Text.Json.Nodes;

namespace Copilot.Agent.Tests.Model;

/// <summary>One round that the double answers with: calls, or words.</summary>
public sealed record ChatRound
{
    public int Status { get; init; } = 200;

    public string Text { get; init; } = string.Empty;

    public IReadOnlyList<(string Name, string Arguments)> Calls { get; init; } = [];

    /// <summary>The stream ends without its end.</summary>
    public bool Torn { get; init; }

    public static ChatRound Says(string text) => new() { Text = text };

    public static ChatRound Call(string name, string arguments) => new() { Calls = [(name, arguments)] };

    public static ChatRound Fails(int status) => new() { Status = status };

    public IEnumerable<JsonObject> Chunks()
    {
        yield return Chunk(new JsonObject { ["role"] = "assistant", ["content"] = string.Empty });
        foreach (var piece in Text.Chunk(7)) yield return Chunk(new JsonObject { ["content"] = new string(piece) });
        for (var index = 0; index < Calls.Count; index++)
        {
            yield return Chunk(Part(index, new JsonObject { ["name"] = Calls[index].Name, ["arguments"] = string.Empty }, $"call_{Guid.NewGuid():N}"));
            foreach (var piece in Calls[index].Arguments.Chunk(5)) yield return Chunk(Part(index, new JsonObject { ["arguments"] = new string(piece) }, null));
        }

        if (!Torn) yield return Chunk([], Calls.Count > 0 ? "tool_calls" : "stop");
        yield return new JsonObject
        {
            ["id"] = "chatcmpl-1", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = "double", ["choices"] = new JsonArray(),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 100, ["completion_tokens"] = 20, ["total_tokens"] = 120 },
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

    private static JsonObject Chunk(JsonObject delta, string? finish = null) => new()
    {
        ["id"] = "chatcmpl-1", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = "double",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };
}
