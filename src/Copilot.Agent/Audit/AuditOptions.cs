namespace Copilot.Agent.Audit;

/// <summary>The record of what left for a model; section <c>Audit</c> of the configuration.</summary>
public sealed record AuditOptions
{
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(90);
}
