using Copilot.Telemetry.Intake.Rows;

namespace Copilot.Telemetry.Intake;

/// <summary>
/// One request's decoded items: row structs that point into one pooled arena of UTF-8, so that no object is made for an attribute.
/// Whoever decodes it disposes it, after the writer's task has completed.
/// </summary>
public abstract class TelemetryBatch : IDisposable
{
    /// <summary>Of the request's body: the same request sent again has the same hash.</summary>
    public required Guid ContentHash { get; init; }

    /// <summary>
    /// True for telemetry that a person brought in from files: it is neither distilled nor dropped by default, whatever its times are.
    /// </summary>
    public bool Imported { get; set; }

    public Utf8Buffer Arena { get; } = new(64 * 1024);

    public List<ResourceRow> Resources { get; } = [];

    public List<ScopeRow> Scopes { get; } = [];

    public Rejections Rejections { get; } = new();

    public abstract int Count { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Arena.Dispose();
    }
}
