namespace Copilot.Agent.Tracing;

/// <summary>The copilot's traces of itself; section <c>Tracing</c> of the configuration.</summary>
public sealed record TracingOptions
{
    /// <summary>False: the copilot sends no spans about itself.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Questions, calls and answers stand in the spans, after redaction. Off: only what kind of call it was, how long it took and what it used.</summary>
    public bool Content { get; init; }
}
