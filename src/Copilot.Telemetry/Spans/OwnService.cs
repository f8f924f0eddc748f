namespace Copilot.Telemetry.Spans;

/// <summary>
/// The copilot as a sender of spans about itself. Whoever asks what is wrong does not mean the copilot: reads leave it out unless it is
/// named, and the catalogue of what can be asked about never lists it.
/// </summary>
public static class OwnService
{
    public const string Name = "observability-copilot";

    /// <summary>The product's version, the same in all its programs.</summary>
    public static string Version { get; } = typeof(OwnService).Assembly.GetName().Version?.ToString(3) ?? "0";
}
