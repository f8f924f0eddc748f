using System.Diagnostics;

namespace Copilot.Answers;

/// <summary>
/// Spans about answering, by OpenTelemetry's semantic conventions for generative AI: a question is <c>invoke_agent</c>, a call of a tool
/// <c>execute_tool</c>; a request to a model is <c>chat</c>, which its client reports by the same conventions under the same source.
/// </summary>
public static class CopilotTracing
{
    /// <summary>Name of the source of all these spans.</summary>
    public const string SourceName = "Copilot.Answers";

    private const string Agent = "copilot";
    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A question, from here until it is disposed. Null where nobody listens.</summary>
    /// <param name="provider">As <c>Model:Provider</c> has it; null: the built-in interpreter.</param>
    internal static Activity? Question(string? provider, string? model)
    {
        // What the web server or a caller's own tracing has begun is not sent here: a question is a trace of its own.
        if (Activity.Current is { } around && around.Source != Source)
            Activity.Current = null;
        var activity = Source.StartActivity($"invoke_agent {Agent}");
        activity
            ?.SetTag("gen_ai.operation.name", "invoke_agent")
            .SetTag("gen_ai.agent.name", Agent)
            .SetTag("gen_ai.provider.name", ProviderName(provider));
        if (model is not null)
            activity?.SetTag("gen_ai.request.model", model);
        return activity;
    }

    /// <summary>One call of a tool.</summary>
    internal static Activity? Tool(string name, string? callId)
    {
        var activity = Source.StartActivity($"execute_tool {name}");
        activity?.SetTag("gen_ai.operation.name", "execute_tool").SetTag("gen_ai.tool.name", name).SetTag("gen_ai.tool.type", "function");
        if (callId is not null)
            activity?.SetTag("gen_ai.tool.call.id", callId);
        return activity;
    }

    internal static void Fail(this Activity? activity, string kind, string why)
    {
        activity?.SetTag("error.type", kind);
        activity?.SetStatus(ActivityStatusCode.Error, why);
    }

    // The conventions' own names where they have one.
    private static string ProviderName(string? provider) =>
        provider?.ToLowerInvariant() switch
        {
            null => "copilot.builtin",
            "azure" => "azure.ai.openai",
            "compatible" => "openai",
            var known => known,
        };
}

/// <summary>The copilot's traces of itself; section <c>Tracing</c> of the configuration.</summary>
public sealed record TracingOptions
{
    /// <summary>False: the copilot sends no spans about itself.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Questions, calls and answers stand in the spans, after redaction. Off: only what kind of call it was, how long it took and
    /// what it used.</summary>
    public bool Content { get; init; }
}
