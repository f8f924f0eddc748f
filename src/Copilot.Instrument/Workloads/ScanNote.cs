namespace Copilot.Instrument.Workloads;

/// <summary>What a reader of a scan has to know about a file: what could not be read or changed, and what helps.</summary>
public sealed record ScanNote(string File, int? Line, string Says)
{
    public override string ToString() => Line is null ? $"{File}: {Says}" : $"{File}:{Line}: {Says}";
}
