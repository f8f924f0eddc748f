namespace Copilot.Tests.Shared;

/// <summary>Finds recorded worlds and peers' test data, which lie beside the repository in <c>../shared</c> and not in it. Linked into the test projects that need them.</summary>
internal static class SharedFolder
{
    /// <summary>The full path of a file or folder below <c>../shared</c>; null where it is absent.</summary>
    public static string? Find(string relative)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Copilot.sln")))
                continue;
            var path = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared", relative));
            return Directory.Exists(path) || File.Exists(path) ? path : null;
        }

        return null;
    }

    /// <summary>The same, for a test that <see cref="SharedFactAttribute"/> already skips where it is absent.</summary>
    public static string Get(string relative) =>
        Find(relative) ?? throw new DirectoryNotFoundException($"../shared/{relative} is not beside the repository.");
}
