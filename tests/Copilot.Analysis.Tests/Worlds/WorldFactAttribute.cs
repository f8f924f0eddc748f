using Xunit;

namespace Copilot.Analysis.Tests.Worlds;

/// <summary>A test on recorded worlds, which live next to the repository and not in it; skipped, plainly, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WorldFactAttribute : FactAttribute
{
    private const string Absent = "The recorded worlds are not here: ../shared/worlds next to the repository is missing.";

    public WorldFactAttribute() => Skip = SharedWorlds.Root is null ? Absent : null;
}
