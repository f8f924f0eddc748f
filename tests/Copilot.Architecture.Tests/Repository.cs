using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Copilot.Architecture.Tests;

/// <summary>The repository's own files, found from where this file was compiled.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory
                .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
                .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
                .Where(f => !Built(f))
            : [];

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    /// <summary>The rooms under src/, by name, with the rooms that each names as a project reference.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Rooms() =>
        Files("src", ".csproj").ToDictionary(Room, f => (IReadOnlySet<string>)References(f, "ProjectReference").Select(Room).ToHashSet());

    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Packages() =>
        Files("src", ".csproj").ToDictionary(Room, f => (IReadOnlySet<string>)References(f, "PackageReference").ToHashSet());

    private static IEnumerable<string> References(string project, string element) =>
        XDocument.Load(project).Descendants(element).Select(e => (string?)e.Attribute("Include")).OfType<string>();

    private static string Room(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'))["Copilot.".Length..];

    private static bool Built(string file)
    {
        var path = "/" + Relative(file);
        return path.Contains("/bin/", StringComparison.Ordinal)
            || path.Contains("/obj/", StringComparison.Ordinal)
            || path.Contains("/node_modules/", StringComparison.Ordinal)
            // Other people's, as their packages hold them.
            || path.Contains("/wwwroot/lib/", StringComparison.Ordinal);
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Copilot.sln")))
                return folder;
        }

        throw new InvalidOperationException($"No Copilot.sln above {here}.");
    }
}
