namespace Copilot.Telemetry.Intake;

/// <summary>A stretch of a batch's arena that holds UTF-8 text; the default value means "absent", which differs from empty.</summary>
public readonly record struct TextSlice(int Offset, int Length)
{
    /// <summary>An arena never uses its first byte, so that no text starts at 0.</summary>
    public bool IsAbsent => Offset == 0;
}
