using System.Text.Json.Nodes;

namespace Copilot.Models.Tests.Doubles;

/// <summary>What the documentation of the Messages API asks of a request's body.</summary>
internal static class MessagesRules
{
    private static readonly string[] Members =
    [
        "model",
        "messages",
        "max_tokens",
        "system",
        "tools",
        "tool_choice",
        "stream",
        "temperature",
        "top_p",
        "top_k",
        "stop_sequences",
        "metadata",
        "service_tier",
        "thinking",
    ];

    public static IEnumerable<string> Check(JsonObject body)
    {
        foreach (var stray in body.Select(member => member.Key).Except(Members))
            yield return $"extra inputs are not permitted: {stray}";
        if (body["model"]?.GetValue<string>() is not { Length: > 0 })
            yield return "no model";
        if (body["max_tokens"] is not JsonValue limit || limit.GetValue<int>() < 1)
            yield return "max_tokens is required";
        if (body["stream"]?.GetValue<bool>() != true)
            yield return "not streamed";
        var messages = body["messages"]?.AsArray() ?? [];
        if (messages.Count == 0)
            yield return "no messages";
        foreach (var complaint in Messages(messages, body["tools"] is JsonArray { Count: > 0 }))
            yield return complaint;
        foreach (var complaint in Tools(body["tools"]?.AsArray() ?? []))
            yield return complaint;
        if (body["tool_choice"] is JsonObject choice && choice["type"]?.GetValue<string>() is not ("auto" or "any" or "tool" or "none"))
            yield return $"tool_choice {choice}";
        if (body["tool_choice"] is not null && body["tools"] is null)
            yield return "tool_choice without tools";
    }

    /// <summary>A message's content as blocks: a bare string is one text block.</summary>
    public static IEnumerable<JsonObject> Blocks(JsonObject message) =>
        message["content"] switch
        {
            JsonArray blocks => blocks.Select(block => block!.AsObject()),
            JsonValue text => [new JsonObject { ["type"] = "text", ["text"] = text.GetValue<string>() }],
            _ => [],
        };

    private static IEnumerable<string> Messages(JsonArray messages, bool tools)
    {
        // The results of all calls of an assistant's message stand in the very next message, before any text of it.
        var open = new HashSet<string>();
        for (var place = 0; place < messages.Count; place++)
        {
            var message = messages[place]!.AsObject();
            var role = message["role"]?.GetValue<string>();
            if (role is not ("user" or "assistant"))
                yield return $"role '{role}'";
            if (place == 0 && role != "user")
                yield return "the first message is not the user's";
            var blocks = Blocks(message).ToList();
            if (blocks.Count == 0)
                yield return "a message without content";
            if (open.Count > 0 && role != "user")
                yield return "calls are not answered in the next message";
            var texts = 0;
            foreach (var block in blocks)
            {
                switch (block["type"]?.GetValue<string>())
                {
                    case "text":
                        texts++;
                        if (string.IsNullOrWhiteSpace(block["text"]?.GetValue<string>()))
                            yield return "text content blocks must be non-empty";
                        break;
                    case "tool_use":
                        if (role != "assistant")
                            yield return "calls of someone else than the assistant";
                        if (!tools)
                            yield return "requests with tool_use or tool_result blocks must define tools";
                        if (block["input"] is not JsonObject)
                            yield return "input that is no object";
                        if (!open.Add(block["id"]?.GetValue<string>() ?? string.Empty))
                            yield return "two calls with one id";
                        break;
                    case "tool_result":
                        if (role != "user")
                            yield return "results of someone else than the user";
                        if (texts > 0)
                            yield return "text before the results";
                        if (!open.Remove(block["tool_use_id"]?.GetValue<string>() ?? string.Empty))
                            yield return "a result that no call of the message before asked for";
                        break;
                    case var other:
                        yield return $"a block of type '{other}'";
                        break;
                }
            }

            if (role == "user" && open.Count > 0)
                yield return $"tool_use ids without a result: {string.Join(", ", open)}";
            if (place == messages.Count - 1 && role == "assistant")
                yield return "the last message is the assistant's";
        }
    }

    private static IEnumerable<string> Tools(JsonArray tools)
    {
        foreach (var tool in tools)
        {
            var name = tool!["name"]?.GetValue<string>() ?? string.Empty;
            if (name.Length is 0 or > 128 || !name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-'))
                yield return $"the tool's name '{name}'";
            if (tool["description"]?.GetValue<string>() is not { Length: > 0 })
                yield return $"{name} has no description";
            if (tool["input_schema"]?["type"]?.GetValue<string>() != "object")
                yield return $"{name}'s input_schema is no object schema";
        }

        if (tools.Select(tool => tool!["name"]!.GetValue<string>()).Distinct().Count() != tools.Count)
            yield return "two tools with one name";
    }
}
