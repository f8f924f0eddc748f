using System.Text.Json.Nodes;

namespace Copilot.Models.Tests.Doubles;

/// <summary>What the chat-completions documentation asks of a request.</summary>
internal static class CompletionsRules
{
    public static IEnumerable<string> Check(JsonObject body)
    {
        if (body["model"]?.GetValue<string>() is not { Length: > 0 })
            yield return "no model";
        if (body["stream"]?.GetValue<bool>() != true)
            yield return "not streamed";
        foreach (var complaint in Messages(body["messages"]?.AsArray() ?? []))
            yield return complaint;
        foreach (var complaint in Tools(body["tools"]?.AsArray() ?? []))
            yield return complaint;
        if (body["tools"] is JsonArray { Count: 0 })
            yield return "an empty list of tools is refused";
        if (body["tool_choice"] is not null && body["tools"] is null)
            yield return "tool_choice without tools";
        if (body["stream_options"]?["include_usage"]?.GetValue<bool>() != true)
            yield return "no usage asked for";
        if (body["max_tokens"] is not null && body["max_completion_tokens"] is not null)
            yield return "two limits of tokens";
    }

    // Every call of an assistant's message is answered exactly once, by tool messages right behind it and before anything else.
    private static IEnumerable<string> Messages(JsonArray messages)
    {
        var open = new HashSet<string>();
        if (messages.Count == 0 || Role(messages[0]!) != "system")
            yield return "the first message is not the system's";
        foreach (var message in messages)
        {
            var role = Role(message!);
            if (role == "tool")
            {
                var id = message!["tool_call_id"]?.GetValue<string>() ?? string.Empty;
                if (!open.Remove(id))
                    yield return $"a result for '{id}', which no open call has";
                if (message["content"] is null)
                    yield return "a result without content";
                continue;
            }

            if (open.Count > 0)
                yield return $"{role} before the calls {string.Join(", ", open)} are answered";
            if (role is not ("system" or "user" or "assistant"))
                yield return $"role '{role}'";
            foreach (var call in message!["tool_calls"]?.AsArray() ?? [])
            {
                if (role != "assistant")
                    yield return "calls of someone else than the assistant";
                if (call!["type"]?.GetValue<string>() != "function")
                    yield return "a call that is no function's";
                if (call["function"]?["name"]?.GetValue<string>() is not { Length: > 0 })
                    yield return "a call without a name";
                if (!IsObject(call["function"]?["arguments"]?.GetValue<string>()))
                    yield return "arguments that are no JSON object";
                if (!open.Add(call["id"]?.GetValue<string>() ?? string.Empty))
                    yield return "two calls with one id";
            }
        }

        if (open.Count > 0)
            yield return "calls left open";
    }

    private static IEnumerable<string> Tools(JsonArray tools)
    {
        foreach (var tool in tools)
        {
            var function = tool!["function"];
            var name = function?["name"]?.GetValue<string>() ?? string.Empty;
            if (tool["type"]?.GetValue<string>() != "function")
                yield return "a tool that is no function";
            if (name.Length is 0 or > 64 || !name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-'))
                yield return $"the tool's name '{name}'";
            if (function?["description"]?.GetValue<string>() is not { Length: > 0 })
                yield return $"{name} has no description";
            if (function?["parameters"]?["type"]?.GetValue<string>() != "object")
                yield return $"{name}'s parameters are no object schema";
        }

        if (tools.Select(tool => tool!["function"]!["name"]!.GetValue<string>()).Distinct().Count() != tools.Count)
            yield return "two tools with one name";
    }

    private static string Role(JsonNode message) => message["role"]?.GetValue<string>() ?? string.Empty;

    private static bool IsObject(string? text)
    {
        try
        {
            return text is not null && JsonNode.Parse(text) is JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
