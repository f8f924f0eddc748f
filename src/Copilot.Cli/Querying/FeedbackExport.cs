using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Copilot.Cli.Querying;

/// <summary>Prints what people said of answers as lines of a question file; what they said in words alone goes to the errors, so that it is
/// seen and not scored.</summary>
internal static class FeedbackExport
{
    public static async Task<int> RunAsync(HttpClient http, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            var export =
                JsonNode.Parse(await http.GetStringAsync(new Uri("api/v1/feedback", UriKind.Relative), cancellationToken)) as JsonObject;
            if (export?["lines"] is not JsonArray lines || export["inWords"] is not JsonArray inWords)
                throw new JsonException();
            foreach (var line in lines)
                await output.WriteLineAsync(line!.ToJsonString());
            await errors.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{lines.Count} lines; {inWords.Count} more answers are rated in words alone{(inWords.Count == 0 ? "." : ":")}"
                )
            );
            foreach (var told in inWords)
                await errors.WriteLineAsync($"  {told!["question"]} — expected: {told["expected"] ?? "nothing said"}");
            return 0;
        }
        catch (Exception failure) when (Unanswered.Says(failure, http.BaseAddress) is { } told)
        {
            await errors.WriteLineAsync(told);
            return 1;
        }
    }
}
