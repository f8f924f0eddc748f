namespace Copilot.Instrument.Running;

/// <summary>A language's zero-code agent as it lies on this host, and what makes a process load it.</summary>
/// <param name="Place">Where it was found; null where it is not there.</param>
/// <param name="Install">How to get it, as the lines that do it.</param>
internal sealed record HostAgent(string? Place, string Install)
{
    /// <summary>What to set. A value for a list of options is added to the one that is there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>A program to put before the command.</summary>
    public string? Before { get; init; }

    /// <summary>The folders from one up to the root.</summary>
    public static IEnumerable<string> Upwards(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }

    /// <summary>A program's path by the PATH of who starts it; null where it is not there.</summary>
    public static string? Program(string name, RunRequest request)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return File.Exists(Path.Combine(request.Folder, name)) ? Path.GetFullPath(Path.Combine(request.Folder, name)) : null;
        return (request.Environment.GetValueOrDefault("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
