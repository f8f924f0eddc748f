using System.Text.Json.Nodes;

namespace Copilot.Cli.Asking;

/// <summary>An answer as a terminal shows it. Telemetry may hold control characters that would drive the terminal: they are left out.</summary>
internal static class AnswerText
{
    public static void Write(JsonObject answer, TextWriter output)
    {
        output.WriteLine(Plain(answer["answer"]));
        if (answer["understood"] is JsonObject understood)
        {
            output.WriteLine();
            output.WriteLine($"understood as  {Plain(understood["intent"])}, {Plain(understood["window"]?["from"])} to {Plain(understood["window"]?["to"])}");
            if (understood["filter"] is { } filter) output.WriteLine($"filter         {Plain(filter)}");
            if (understood["ignored"] is JsonArray { Count: > 0 } ignored) output.WriteLine($"changed nothing: {string.Join(", ", ignored.Select(Plain))}");
        }

        foreach (var query in answer["queries"] as JsonArray ?? []) output.WriteLine($"query          {Plain(query?["traceql"])}");
        if (answer["coverage"] is JsonObject coverage && coverage["note"] is { } note) output.WriteLine($"coverage       {Plain(note)}");
        if (answer["conversationId"] is { } conversation) output.WriteLine($"go on with     --conversation {Plain(conversation)}");
    }

    private static string Plain(JsonNode? node) =>
        new([.. (node?.ToString() ?? "").Where(letter => !char.IsControl(letter) || letter is '\n' or '\t')]);
}
