using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Copilot.TraceQL;

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

    internal static string Result(TraceQlErrorKind kind) => kind switch
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
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("query", out var query)
                && query.ValueKind == JsonValueKind.String)
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
