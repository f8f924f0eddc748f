using System.Runtime.CompilerServices;

namespace Copilot.EndToEnd.App;

/// <summary>Where things lie, found from where this file was compiled.</summary>
internal static class Repository
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    public static string Root { get; } = FindRoot();

    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(Root, "tests", "screenshots")).FullName;

    public static string App { get; } = Built("Copilot.Web", "Copilot.Web");

    public static string CommandLine { get; } = Built("Copilot.Cli", "copilot");

    private static string Built(string project, string assembly) =>
        Path.Combine(Root, "src", project, "bin", Configuration, "net10.0", assembly + ".dll");

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
