using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Copilot.Models.Audit;
using Copilot.Store.Commands;
using Copilot.TraceQL;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>
/// Around every call of a tool, whoever has the kernel make it: what was answered before is not done again, bad arguments are explained,
/// and
/// what comes back is cut, redacted and kept.
/// </summary>
internal sealed class ToolGuard(Redactor redactor, int longestResult) : IFunctionInvocationFilter
{
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly List<ToolResult> _results = [];

    /// <summary>The results as the model saw them, and who wrote what.</summary>
    public IReadOnlyList<ToolResult> Results => _results;

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next) =>
        context.Result = new FunctionResult(context.Function, (await ResultAsync(context, next)).ToString());

    private async Task<ToolResult> ResultAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        if (!_made.Add(KeyOf(context.Function.Name, context.Arguments)))
            return ToolResult.Refused("This very call was answered before; use its result, or ask for something else.");
        try
        {
            await next(context);
        }
        catch (Exception wrong)
            when (wrong
                    is ArgumentException
                        or FormatException
                        or JsonException
                        or TraceQlException
                        or RegexMatchTimeoutException
                        or QueryTooExpensiveException
                        or KernelException { InnerException: ArgumentException }
            )
        {
            return ToolResult.Error(wrong.Message);
        }

        // A result is cut by whole items, so that it stays JSON.
        var shown = (context.Result.GetValue<ToolResult>() ?? ToolResult.None("The tool gave nothing."))
            .Within(longestResult)
            .Redacted(redactor)
            .Of(new ToolCall(context.Function.Name, Written(context.Arguments)));
        _results.Add(shown);
        return shown;
    }

    private JsonObject Written(KernelArguments arguments) =>
        JsonNode.Parse(
            redactor.RedactJson(
                JsonSerializer.Serialize(
                    arguments
                        .Where(argument => argument.Value is not null)
                        .ToDictionary(argument => argument.Key, argument => argument.Value)
                )
            )
        ) as JsonObject
        ?? [];

    // What is left out, null or empty says the same.
    private static string KeyOf(string name, KernelArguments arguments) =>
        name
        + JsonSerializer.Serialize(
            arguments
                .Select(argument => (argument.Key, Value: JsonSerializer.Serialize(argument.Value)))
                .Where(argument => argument.Value is not ("null" or "[]" or "\"\""))
                .OrderBy(argument => argument.Key, StringComparer.Ordinal)
                .Select(argument => $"{argument.Key}={argument.Value}")
        );
}
