namespace Copilot.Ingest.Admission;

/// <summary>What was decided about a trace, for all of its spans to come.</summary>
internal enum TraceDecision : byte
{
    Unknown = 0,
    Kept = 1,
    Shed = 2,

    /// <summary>Spans of it were shed before it turned out to be interesting; from then on it is kept.</summary>
    Partial = 3,
}
