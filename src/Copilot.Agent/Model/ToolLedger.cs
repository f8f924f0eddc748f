using System.Text.Json;
using Copilot.Agent.Redaction;
using Copilot.Agent.Tools;
using Copilot.Agent.Tracing;
using Microsoft.Extensions.AI;

namespace Copilot.Agent.Model;

/// <summary>Carries out the calls of one question and keeps what came back: what the evidence check believes.</summary>
internal sealed class ToolLedger(IReadOnlyList<AIFunction> functions, Redactor redactor, int longestResult, bool traceContent)
{
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private readonly List<string> results = [];

    /// <summary>The results as the model saw them.</summary>
    public IReadOnlyList<string> Results => results;

    public int Calls => made.Count;

    /// <summary>The result of a call; a call that cannot be made gives a result that says why.</summary>
    public async Task<string> CallAsync(FunctionCallContent call, CancellationToken cancellation)
    {
        // A made-up name would make an operation of its own of every invention.
        using var span = CopilotTracing.Tool(functions.Any(function => function.Name == call.Name) ? call.Name : "unknown", call.CallId);
        var result = await ResultAsync(call, cancellation);
        if (ToolResult.StatusOf(result) is var status && status is "error" or "refused") span.Fail(status, "The call was not carried out.");
        if (traceContent && span is not null)
        {
            span.SetTag("gen_ai.tool.call.arguments", redactor.RedactJson(JsonSerializer.Serialize(call.Arguments)));
            span.SetTag("gen_ai.tool.call.result", redactor.RedactJson(result));
        }

        return result;
    }

    private async Task<string> ResultAsync(FunctionCallContent call, CancellationToken cancellation)
    {
        if (functions.FirstOrDefault(function => function.Name == call.Name) is not { } function)
            return ToolResult.Error($"There is no tool '{call.Name}'. Tools: {string.Join(", ", functions.Select(known => known.Name))}.");
        if (call.Exception is not null || call.Arguments is null)
            return ToolResult.Error("The arguments are no valid JSON object.");
        if (!made.Add(KeyOf(call.Name, call.Arguments)))
            return ToolResult.Refused("This very call was answered before; use its result, or ask for something else.");
        string result;
        try
        {
            result = (await function.InvokeAsync(new AIFunctionArguments(call.Arguments), cancellation))?.ToString() ?? string.Empty;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or JsonException or TraceQL.TraceQlException)
        {
            return ToolResult.Error(wrong.Message);
        }

        // A result is cut by whole items, so that it stays the JSON that the evidence check reads.
        var shown = redactor.RedactJson(ToolResult.Within(result, longestResult));
        results.Add(shown);
        return shown;
    }

    // What is left out, null or empty says the same.
    private static string KeyOf(string name, IDictionary<string, object?> arguments) =>
        name + JsonSerializer.Serialize(arguments
            .Select(argument => (argument.Key, Value: JsonSerializer.Serialize(argument.Value)))
            .Where(argument => argument.Value is not ("null" or "[]" or "\"\""))
            .OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .Select(argument => $"{argument.Key}={argument.Value}"));
}
