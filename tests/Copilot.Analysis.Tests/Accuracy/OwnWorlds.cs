using Copilot.Analysis.Tests.Worlds;

namespace Copilot.Analysis.Tests.Accuracy;

/// <summary>The repository's own recorded systems, read once for all tests.</summary>
public sealed class OwnWorlds
{
    private readonly Lazy<IReadOnlyList<RecordedWorld>> _all = new(() =>
        [
            .. Directory
                .GetDirectories(Material.Get("tests/Worlds"))
                .Order(StringComparer.Ordinal)
                .Select(folder => new RecordedWorld(folder)),
        ]
    );

    public IReadOnlyList<RecordedWorld> All => _all.Value;
}
