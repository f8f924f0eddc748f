namespace Copilot.Cli.Importing.Plans;

/// <summary>What a file holds, as far as its name tells.</summary>
internal enum ImportFileKind
{
    /// <summary>Lines of OTLP JSON, one export request each, perhaps in gzip.</summary>
    Telemetry,

    /// <summary>One JSON document: OTLP, or Jaeger's or Zipkin's traces.</summary>
    Traces,

    /// <summary>Lines of changes.</summary>
    Changes,

    /// <summary>Part of the catalogue, or a runbook.</summary>
    Catalogue,
}
