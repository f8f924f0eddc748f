using Xunit;

namespace Copilot.Store.Tests.Intake;

/// <summary>A fact about a recorded world; skipped, and said to be, where the worlds are not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WorldFactAttribute : FactAttribute
{
    private const string Absent = "the recorded worlds are not at ../shared/worlds";

    public WorldFactAttribute()
    {
        if (Folder is null)
            Skip = Absent;
    }

    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Copilot.sln")))
            {
                var folder = Path.Combine(at.Parent!.FullName, "shared", "worlds");
                return Directory.Exists(folder) ? folder : null;
            }
        }

        return null;
    }
}
