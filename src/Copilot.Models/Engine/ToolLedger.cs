using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Answers;
using Copilot.Models.Audit;
using Copilot.Models.Tools;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;

namespace Copilot.Models.Engine;

/// <summary>Has the kernel carry out the calls of one question and keeps what came back: what the evidence check believes.</summary>
internal sealed class ToolLedger
{
    private readonly Kernel _kernel = new();
    private readonly Redactor _redactor;
    private readonly ToolGuard _guard;
    private readonly bool _traceContent;

    public ToolLedger(IEnumerable<KernelPlugin> tools, Redactor redactor, int longestResult, bool traceContent)
    {
        (this._redactor, this._traceContent, _guard) = (redactor, traceContent, new ToolGuard(redactor, longestResult));
        _kernel.Plugins.AddRange(tools);
        _kernel.FunctionInvocationFilters.Add(_guard);
        // By its own name, without its plugin's; and what is only declared cannot be run past the kernel.
        Declarations =
        [
            .. _kernel
                .Plugins.SelectMany(plugin => plugin)
                .Select(tool => AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, Schema(tool))),
        ];
    }

    /// <summary>The tools as the model is told of them.</summary>
    public IReadOnlyList<AITool> Declarations { get; }

    /// <summary>The results as the model saw them, and who wrote what.</summary>
    public IReadOnlyList<ToolResult> Results => _guard.Results;

    /// <summary>The result of a call; a call that cannot be made gives a result that says why.</summary>
    public async Task<string> CallAsync(FunctionCallContent call, CancellationToken cancellationToken)
    {
        _kernel.Plugins.TryGetFunction(pluginName: null, call.Name, out var tool);
        // A made-up name would make an operation of its own of every invention.
        using var span = CopilotTracing.Tool(tool?.Name ?? "unknown", call.CallId);
        var result = await ResultAsync(call, tool, cancellationToken);
        if (JsonNode.Parse(result)?["status"]?.GetValue<string>() is var status && status is "error" or "refused")
            span.Fail(status, "The call was not carried out.");
        if (_traceContent && span is not null)
        {
            span.SetTag("gen_ai.tool.call.arguments", _redactor.RedactJson(JsonSerializer.Serialize(call.Arguments)));
            span.SetTag("gen_ai.tool.call.result", _redactor.RedactJson(result));
        }

        return result;
    }

    private async Task<string> ResultAsync(FunctionCallContent call, KernelFunction? tool, CancellationToken cancellationToken)
    {
        if (tool is null)
            return ToolResult
                .Error($"There is no tool '{call.Name}'. Tools: {string.Join(", ", Declarations.Select(known => known.Name))}.")
                .ToString();
        if (call.Exception is not null || call.Arguments is null)
            return ToolResult.Error("The arguments are no valid JSON object.").ToString();
        return (await _kernel.InvokeAsync(tool, Arguments(call.Arguments), cancellationToken)).GetValue<string>()!;
    }

    // Every token of a definition is paid for with every question: what says nothing to a model goes. The kernel says a tool's description
    // once more, as a "condition" that JSON Schema does not know; that a member may be null or left out is said by its not being required.
    private static JsonElement Schema(KernelFunction tool)
    {
        var schema = JsonObject.Create(tool.JsonSchema)!;
        schema.Remove("condition");
        foreach (var (_, member) in schema["properties"] as JsonObject ?? [])
            Shorten(member as JsonObject);
        return JsonSerializer.SerializeToElement(schema);
    }

    private static void Shorten(JsonObject? member)
    {
        if (member is null)
            return;
        if (member.TryGetPropertyValue("default", out var usual) && usual is null)
            member.Remove("default");
        if (member["type"] is JsonArray types && types.FirstOrDefault(type => type!.GetValue<string>() != "null") is { } type)
            member["type"] = type.GetValue<string>();
        Shorten(member["items"] as JsonObject);
        // Its own description stands in the usual value again.
        if (
            member["description"]?.GetValue<string>() is { } said
            && said.LastIndexOf(" (default value:", StringComparison.Ordinal) is > 0 and var at
        )
            member["description"] = said[..at];
    }

    // The kernel tells no "from" from a "From"; of a call that has both, the last counts.
    private static KernelArguments Arguments(IDictionary<string, object?> named)
    {
        var arguments = new KernelArguments();
        foreach (var (name, value) in named)
            arguments[name] = value;
        return arguments;
    }
}
