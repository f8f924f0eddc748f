namespace Copilot.Telemetry.Foreign;

/// <summary>Ids that other tracers write shorter than OTLP does: 64-bit trace ids, and without leading zeros.</summary>
internal static class HexId
{
    public static string Pad(string? id, int length) => (id ?? "").PadLeft(length, '0');
}
