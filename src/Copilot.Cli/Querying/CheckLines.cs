using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Copilot.TraceQL;
using Copilot.TraceQL.Checking;

namespace Copilot.Cli.Querying;

/// <summary>Checks queries line by line: JSON in, JSON out, in order.</summary>
internal static class CheckLines
{
    public static async Task<int> RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        while (await input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            buffer.ResetWrittenCount();
            json.Reset();
            Write(json, line);
            json.Flush();
            await output.WriteLineAsync(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }

        await output.FlushAsync(cancellationToken);
        return 0;
    }

    private static void Write(Utf8JsonWriter json, string line)
    {
        json.WriteStartObject();
        if (Query(line, out var problem) is not { } query)
            Write(json, null, "parse_error", null, problem, 1, 1);
        else if (TraceQlParser.TryParse(query, out var parsed, out var error))
            Write(json, query, "ok", parsed.ToCanonical(), null, null, null);
        else
            Write(json, query, Result(error.Kind), null, error.Message, error.Line, error.Column);
        json.WriteEndObject();
    }

    internal static string Result(TraceQlErrorKind kind) =>
        kind switch
        {
            TraceQlErrorKind.Syntax => "parse_error",
            TraceQlErrorKind.Invalid => "invalid",
            _ => "unsupported",
        };

    private static void Write(Utf8JsonWriter json, string? query, string result, string? canonical, string? error, int? line, int? column)
    {
        json.WriteString("query", query);
        json.WriteString("result", result);
        json.WriteString("canonical", canonical);
        json.WriteString("error", error);
        Number(json, "line", line);
        Number(json, "column", column);
    }

    private static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string? Query(string line, out string? problem)
    {
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(line);
            if (
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("query", out var query)
                && query.ValueKind == JsonValueKind.String
            )
                return query.GetString();
            problem = "the line is no object with a string \"query\"";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = $"the line is no JSON: {e.Message}";
        }

        return null;
    }
}

/// <summary>Checks one query for a person: its printed form, or what is wrong with a mark under the place.</summary>
internal static class CheckText
{
    /// <returns>The exit code: 0 for a valid query, 1 for any other.</returns>
    public static async Task<int> RunAsync(string query, TextWriter output)
    {
        query = query.TrimEnd('\r', '\n');
        if (TraceQlParser.TryParse(query, out var parsed, out var error))
        {
            await output.WriteLineAsync(parsed.ToString());
            if (QueryAdvisor.Advise(query) is { } advice)
                await WriteAsync(output, $"But: {advice.Hint}.", advice.Fix);
            return 0;
        }

        await output.WriteLineAsync(error.ToString());
        await output.WriteLineAsync("  " + query.Split('\n')[error.Line - 1]);
        await output.WriteLineAsync(new string(' ', error.Column + 1) + "^");
        var advised = QueryAdvisor.WithAdvice(error, query);
        if (advised.Hint is not null)
            await WriteAsync(output, $"Hint: {advised.Hint}.", advised.Fix);
        return 1;
    }

    private static async Task WriteAsync(TextWriter output, string hint, string? fix)
    {
        await output.WriteLineAsync(hint);
        if (fix is not null)
            await output.WriteLineAsync($"Did you mean: {fix}");
    }
}
