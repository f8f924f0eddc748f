using System.Text.Encodings.Web;
using System.Text.Json;
using Copilot.Language.Linking;
using Copilot.Language.Queries;

namespace Copilot.Cli.Querying;

/// <summary>Translates plain words with nothing but OpenTelemetry's conventions to go by: one text, or lines of JSON.</summary>
internal static class EnglishLines
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers each line of <c>{"english": …}</c> with <c>{"english", "traceql", "unread", "score"}</c>.</summary>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var english = English(line);
            var translation = TraceQlTranslator.Translate(english ?? "", KnownNames.Empty, time.GetUtcNow());
            await output.WriteLineAsync(
                JsonSerializer.Serialize(
                    new
                    {
                        english,
                        traceql = translation.Query?.ToString(),
                        unread = translation.Unread,
                        score = Math.Round(translation.Score, 2),
                    },
                    Plain
                )
            );
        }

        await output.FlushAsync(cancellationToken);
        return 0;
    }

    /// <summary>Prints the query; what it does not say goes to the errors.</summary>
    public static async Task<int> PrintAsync(string? query, IEnumerable<string> unread, TextWriter output, TextWriter errors)
    {
        var words = string.Join(", ", unread);
        if (words.Length > 0)
            await errors.WriteLineAsync($"Not understood: {words}");
        if (query is null)
        {
            await errors.WriteLineAsync("No query could be made of these words.");
            return 1;
        }

        await output.WriteLineAsync(query);
        return words.Length > 0 ? 2 : 0;
    }

    public static Translation Translate(string english, TimeProvider time) =>
        TraceQlTranslator.Translate(english, KnownNames.Empty, time.GetUtcNow());

    private static string? English(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return
                json.RootElement is { ValueKind: JsonValueKind.Object } o
                && o.TryGetProperty("english", out var english)
                && english.ValueKind == JsonValueKind.String
                ? english.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
