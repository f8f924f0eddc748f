namespace Copilot.Instrument.Routes;

/// <summary>Whether a workload is traced already, by what, and from what that is known.</summary>
/// <param name="By">Null where nothing traces it, as far as the manifests show.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="InProcess">Whether it sits in the workload's own process; a mesh's spans end at the process.</param>
public sealed record TracingState(string? By, string? Evidence, bool InProcess)
{
    public static TracingState None { get; } = new(null, null, false);

    public bool IsTraced => By is not null && InProcess;
}
