using Copilot.Incidents.Troubles;

namespace Copilot.Agent.Answers;

/// <summary>Why a cause should be believed, beyond its evidence. All text may come from telemetry and is never trusted.</summary>
/// <param name="Path">From the request that users send down to the cause.</param>
/// <param name="Rejected">What one might suspect, and what speaks against it.</param>
/// <param name="Checks">What would confirm or refute it.</param>
public sealed record Explanation(IReadOnlyList<TroubleStep> Path, IReadOnlyList<TroubleAlternative> Rejected, IReadOnlyList<string> Checks)
{
    /// <summary>Null where there is nothing to explain: no cause is claimed.</summary>
    public static Explanation? Of(Trouble trouble) =>
        trouble.Causes.Count == 0 ? null : new(trouble.Path, trouble.Rejected, trouble.Checks);
}
