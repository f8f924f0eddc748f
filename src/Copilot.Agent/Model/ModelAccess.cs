using System.Diagnostics;
using Copilot.Agent.Answering;
using Copilot.Agent.Model.Providers;
using Copilot.Agent.Redaction;
using Copilot.Agent.Tools;
using Copilot.Agent.Tracing;
using Microsoft.Extensions.AI;

namespace Copilot.Agent.Model;

/// <summary>The configured model, its client made at first use.</summary>
internal sealed class ModelAccess(ModelOptions options, TracingOptions tracing, PlanAnswering answering, ToolSources sources, Redactor redactor) : IDisposable
{
    private readonly Lock gate = new();
    private IChatClient? client;

    public bool IsDefault => options is { Default: true, IsConfigured: true };

    /// <exception cref="ModelException">No model is configured, or its configuration is not complete.</exception>
    public ModelEngine Engine() => new(Client(), options, tracing, answering, sources, redactor);

    /// <exception cref="ModelException">No model is configured, or its configuration is not complete.</exception>
    public IChatClient Client()
    {
        if (!options.IsConfigured) throw new ModelException("no model is configured (Model:Provider and Model:Name)");
        lock (gate)
        {
            return client ??= ChatClients.Create(options).AsBuilder()
                .UseOpenTelemetry(sourceName: CopilotTracing.SourceName, configure: traced => traced.EnableSensitiveData = tracing.Content).Build();
        }
    }

    /// <summary>A question's span.</summary>
    public Activity? Traced() => CopilotTracing.Question(options.Provider, options.Name);

    /// <summary>The purse of one question.</summary>
    public Spending Spending() => new(options);

    public void Dispose() => client?.Dispose();
}
