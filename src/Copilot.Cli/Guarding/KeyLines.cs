using System.Text.Json.Nodes;

namespace Copilot.Cli.Guarding;

/// <summary>Keys as lines. The key itself goes to the output alone, so that a script can take it from there.</summary>
internal static class KeyLines
{
    public static async Task<int> ListAsync(JsonNode answer, TextWriter output)
    {
        var keys = answer["items"]!.AsArray();
        foreach (var key in keys)
        {
            var scopes = string.Join(',', key!["scopes"]!.AsArray().Select(scope => (string)scope!));
            var until = (string?)key["expiresAt"] is { } end ? $"until {end}" : "no end";
            var used = (string?)key["lastUsedAt"] is { } last ? $"last used {last}" : "never used";
            await output.WriteLineAsync($"{key["id"]}  {key["name"]}  {scopes}  {until}  {used}");
        }

        await output.WriteLineAsync(keys.Count == 1 ? "1 key" : $"{keys.Count} keys");
        return 0;
    }

    public static async Task<int> MadeAsync(JsonNode answer, TextWriter output, TextWriter errors)
    {
        await errors.WriteLineAsync($"The key {answer["key"]!["id"]} of {answer["key"]!["name"]}; it is shown this once:");
        await output.WriteLineAsync((string)answer["text"]!);
        return 0;
    }
}
