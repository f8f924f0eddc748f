using System.Text.Json.Nodes;

namespace Copilot.Models.Tools;

/// <summary>A call that was carried out: a source of what may be said again, such as a limit, a step or a window.</summary>
/// <param name="Arguments">As the model wrote them, without what was left out; secrets are taken out.</param>
internal sealed record ToolCall(string Name, JsonObject Arguments)
{
    /// <summary>An argument that is a text; null where there is none.</summary>
    public string? Text(string argument) =>
        Arguments[argument] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
