namespace Copilot.Tests.Shared;

/// <summary>
/// Finds what a test needs and a clone may not have. A need is <c>shared/…</c> (recorded worlds and peers' test data, which lie beside the
/// repository and
/// not in it), another path with a slash (below the repository's root: what is installed or made there), or the name of a program.
/// Linked into the test projects that need it.
/// </summary>
internal static class Material
{
    private const string Beside = "shared/";

    /// <summary>The full path of what is needed; null where it is absent.</summary>
    public static string? Find(string need)
    {
        if (!need.Contains('/', StringComparison.Ordinal))
            return (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, need))
                .FirstOrDefault(File.Exists);
        if (Root is null)
            return null;
        var path = Path.GetFullPath(Path.Combine(Root, need.StartsWith(Beside, StringComparison.Ordinal) ? "../" + need : need));
        return Directory.Exists(path) || File.Exists(path) ? path : null;
    }

    /// <summary>The same, for what the repository holds or <see cref="RequiresFactAttribute"/> made sure of.</summary>
    public static string Get(string need) => Find(need) ?? throw new FileNotFoundException(Told(need) + " is not here.");

    /// <summary>Why a test cannot run here; null where it can.</summary>
    public static string? Lacking(IEnumerable<string> needs)
    {
        var missing = needs.Where(need => Find(need) is null).Select(Told).ToList();
        return missing.Count == 0 ? null : "needs " + string.Join(" and ", missing);
    }

    /// <summary>The repository's root.</summary>
    public static string Repository => Root ?? throw new DirectoryNotFoundException("There is no Copilot.sln above the tests.");

    private static string? Root { get; } = FindRoot();

    private static string Told(string need) =>
        need switch
        {
            _ when need.StartsWith(Beside, StringComparison.Ordinal) => $"../{need} beside the repository",
            _ when need.IndexOf("/node_modules/", StringComparison.Ordinal) is > 0 and var at => $"\"npm ci\" in {need[..at]}",
            _ => need,
        };

    private static string? FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Copilot.sln")))
                return at.FullName;
        }

        return null;
    }
}
