namespace Copilot.Analysis.Tests.Worlds;

/// <summary>Finds <c>../shared/worlds</c> relative to the repository's root.</summary>
public static class SharedWorlds
{
    public static string? Root { get; } = Find();

    public static string Nezha => Path.Combine(Root!, "nezha");

    public static string Harbor => Path.Combine(Root!, "harbor");

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var worlds = Path.Combine(at.FullName, "..", "shared", "worlds");
            if (File.Exists(Path.Combine(at.FullName, "Copilot.sln")))
                return Directory.Exists(worlds) ? Path.GetFullPath(worlds) : null;
        }

        return null;
    }
}
