using System.Diagnostics;
using Copilot.Answers;
using Copilot.Answers.Drafts;
using Copilot.Models.Audit;
using Copilot.Models.Providers;
using Copilot.Models.Tools;
using Microsoft.Extensions.AI;

namespace Copilot.Models.Engine;

/// <summary>The configured model, its client made at first use.</summary>
internal sealed class ModelAccess(
    ModelOptions options,
    TracingOptions tracing,
    PlanAnswering answering,
    ToolSources sources,
    Redactor redactor
) : IDisposable
{
    private readonly Lock _gate = new();
    private IChatClient? _client;

    public bool IsDefault => options is { Default: true, IsConfigured: true };

    /// <exception cref="ModelException">No model is configured, or its configuration is not complete.</exception>
    public ModelEngine Engine() => new(Client(), options, tracing, answering, sources, redactor);

    /// <exception cref="ModelException">No model is configured, or its configuration is not complete.</exception>
    public IChatClient Client()
    {
        if (!options.IsConfigured)
            throw new ModelException("no model is configured (Model:Provider and Model:Name)");
        lock (_gate)
        {
            return _client ??= ChatClients
                .Create(options)
                .AsBuilder()
                .UseOpenTelemetry(sourceName: CopilotTracing.SourceName, configure: traced => traced.EnableSensitiveData = tracing.Content)
                .Build();
        }
    }

    /// <summary>A question's span.</summary>
    public Activity? Traced() => CopilotTracing.Question(options.Provider, options.Name);

    /// <summary>The purse of one question.</summary>
    public Spending Spending() => new(options);

    public void Dispose() => _client?.Dispose();
}
