using System.Text.Json.Nodes;

namespace Copilot.Agent.Tests.Model;

/// <summary>What a model gets to see of one request.</summary>
public sealed class ChatTurn(JsonObject body)
{
    private IEnumerable<JsonObject> Messages => body["messages"]!.AsArray().Select(message => message!.AsObject());

    /// <summary>How many rounds of calls were answered so far.</summary>
    public int Round => Messages.Count(message => message["role"]!.GetValue<string>() == "assistant");

    public IReadOnlyList<string> Results => [.. Messages.Where(message => message["role"]!.GetValue<string>() == "tool").Select(ContentOf)];

    public IReadOnlyList<string> Tools => body["tools"]?.AsArray().Select(tool => tool!["function"]!["name"]!.GetValue<string>()).ToList() ?? [];

    public string Everything => string.Join("\n", Messages.Select(ContentOf));

    private static string ContentOf(JsonObject message) => message["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => part!["text"]?.GetValue<string>())),
        JsonValue text => text.GetValue<string>(),
        _ => string.Empty,
    };
}
