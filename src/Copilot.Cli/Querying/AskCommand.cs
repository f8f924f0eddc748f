using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Copilot.Cli.Querying;

/// <summary><c>copilot ask QUESTION [--as-of TIME] [--json]</c>, or <c>copilot ask --export-feedback</c></summary>
internal static class AskCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var question = new Argument<string[]>("QUESTION")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "What you want to know, in plain words.",
        };
        var url = CopilotUrl.Option();
        var asOf = Moment.Option("--as-of", "What \"now\" means in the question.");
        var zone = new Option<string?>("--time-zone")
        {
            Description = "The zone of clock times in the question, such as Europe/Berlin.",
            HelpName = "ZONE",
        };
        var conversation = new Option<string?>("--conversation") { Description = "Continues a conversation.", HelpName = "ID" };
        var engine = new Option<string?>("--engine")
        {
            Description = "Who understands the question: builtin or model.",
            HelpName = "ENGINE",
        };
        engine.AcceptOnlyFromAmong("builtin", "model");
        var json = new Option<bool>("--json") { Description = "Prints the whole answer as JSON." };
        var export = new Option<bool>("--export-feedback")
        {
            Description = "Prints the answers that people rated as lines of a question file, instead of asking.",
        };
        var command = new Command(
            "ask",
            "Asks a running copilot. Exit code 0: answered; 2: not understood, or several readings; 1: no answer came."
        )
        {
            question,
            url,
            asOf,
            zone,
            conversation,
            engine,
            json,
            export,
        };
        StrayOptions.Refuse(command, question);
        command.Validators.Add(parsed =>
        {
            if ((parsed.GetValue(question) ?? []).Length > 0 == parsed.GetValue(export))
                parsed.AddError("Name a question, or --export-feedback without one.");
        });
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(export))
                {
                    using var reading = CopilotHttp.Client(parsed.GetValue(url)!, TimeSpan.FromMinutes(2));
                    return await FeedbackExport.RunAsync(reading, Console.Out, Console.Error, cancellationToken);
                }

                var body = new JsonObject { ["question"] = string.Join(' ', parsed.GetValue(question)!) };
                if (parsed.GetValue(asOf) is { } at)
                    body["asOf"] = at.ToString("O", CultureInfo.InvariantCulture);
                if (parsed.GetValue(zone) is { } named)
                    body["timeZone"] = named;
                if (parsed.GetValue(conversation) is { } continued)
                    body["conversationId"] = continued;
                if (parsed.GetValue(engine) is { } chosen)
                    body["engine"] = chosen;
                using var http = CopilotHttp.Client(parsed.GetValue(url)!, TimeSpan.FromMinutes(2));
                return await AskAsync(http, body, parsed.GetValue(json), Console.Out, Console.Error, cancellationToken);
            }
        );
        return command;
    }

    /// <summary>The exit code: 0 when the question was answered, with no data too; 2 when it was not understood or has several readings;
    /// 1 when no answer came.</summary>
    internal static async Task<int> AskAsync(
        HttpClient http,
        JsonObject body,
        bool asJson,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var reply = await http.PostAsync(new Uri("api/v1/ask", UriKind.Relative), content, cancellationToken);
            var text = await reply.Content.ReadAsStringAsync(cancellationToken);
            if (!reply.IsSuccessStatusCode)
            {
                await errors.WriteLineAsync($"{(int)reply.StatusCode}: {Detail(text)}");
                return 1;
            }

            var answer = JsonNode.Parse(text)!.AsObject();
            if (asJson)
                await output.WriteLineAsync(answer.ToJsonString(Indented));
            else
                PrintedAnswer.Write(answer, output);
            return (string?)answer["outcome"] is "clarify" or "unsupported" ? 2 : 0;
        }
        catch (Exception failure) when (Unanswered.Says(failure, http.BaseAddress) is { } told)
        {
            await errors.WriteLineAsync(told);
            return 1;
        }
    }

    private static string Detail(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject problem && (problem["detail"] ?? problem["title"]) is { } said
                ? said.ToString()
                : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

/// <summary>An answer as a terminal shows it. Telemetry may hold control characters that would drive the terminal: they are left
/// out.</summary>
internal static class PrintedAnswer
{
    public static void Write(JsonObject answer, TextWriter output)
    {
        output.WriteLine(Plain(answer["answer"]));
        // Who answered, where that is not who was asked, and what of a model's words the data do not bear out.
        if (answer["engineNote"] is { } told)
            output.WriteLine($"note: {Plain(told)}");
        foreach (var line in ResultTable.Lines(answer))
            output.WriteLine(line);
        if (answer["understood"] is JsonObject understood)
        {
            output.WriteLine();
            output.WriteLine(
                $"understood as  {Plain(understood["intent"])}, {Plain(understood["window"]?["from"])} to "
                    + $"{Plain(understood["window"]?["to"])}"
            );
            if (understood["filter"] is { } filter)
                output.WriteLine($"filter         {Plain(filter)}");
            if (understood["ignored"] is JsonArray { Count: > 0 } ignored)
                output.WriteLine($"changed nothing: {string.Join(", ", ignored.Select(Plain))}");
        }

        foreach (var query in answer["queries"] as JsonArray ?? [])
            output.WriteLine($"query          {Plain(query?["traceql"])}");
        if (answer["coverage"] is JsonObject coverage && coverage["note"] is { } note)
            output.WriteLine($"coverage       {Plain(note)}");
        if (answer["conversationId"] is { } conversation)
            output.WriteLine($"go on with     --conversation {Plain(conversation)}");
    }

    private static string Plain(JsonNode? node) =>
        new([.. (node?.ToString() ?? "").Where(letter => !char.IsControl(letter) || letter is '\n' or '\t')]);
}

/// <summary>What a person is told where no copilot answers.</summary>
internal static class Unanswered
{
    /// <summary>Null for a failure of another kind.</summary>
    public static string? Says(Exception failure, Uri? address) =>
        failure switch
        {
            HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
                $"The copilot at {address} does not let this in: a key that may do it stands in the variable {CopilotHttp.Variable}.",
            HttpRequestException =>
                $"No copilot answers at {address}: {failure.Message} Start it with deploy/run.sh, or name its address with --url.",
            JsonException => $"What answers at {address} is no copilot.",
            _ => null,
        };
}
