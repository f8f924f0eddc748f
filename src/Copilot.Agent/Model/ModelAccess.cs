using Copilot.Agent.Answering;
using Copilot.Agent.Redaction;
using Microsoft.Extensions.AI;

namespace Copilot.Agent.Model;

/// <summary>The configured model, its client made at first use.</summary>
internal sealed class ModelAccess(ModelOptions options, PlanAnswering answering, Redactor redactor) : IDisposable
{
    private readonly Lock gate = new();
    private IChatClient? client;

    public bool IsDefault => options is { Default: true, IsConfigured: true };

    /// <exception cref="ModelException">No model is configured, or its configuration is not complete.</exception>
    public ModelEngine Engine()
    {
        if (!options.IsConfigured) throw new ModelException("no model is configured (Model:Provider and Model:Name)");
        lock (gate) client ??= ChatClients.Create(options);
        return new ModelEngine(client, options, answering, redactor);
    }

    public void Dispose() => client?.Dispose();
}
