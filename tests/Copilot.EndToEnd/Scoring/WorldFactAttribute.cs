using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Scoring;

/// <summary>A test on a recorded world, which is skipped, saying so, where the worlds do not lie beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WorldFactAttribute : FactAttribute
{
    public WorldFactAttribute(string world)
    {
        World = world;
        if (!Directory.Exists(Path.Combine(Repository.Shared, "worlds", world)))
            Skip = $"The recorded world '{world}' is not here: it is looked for in ../shared/worlds beside the repository.";
    }

    public string World { get; }
}
