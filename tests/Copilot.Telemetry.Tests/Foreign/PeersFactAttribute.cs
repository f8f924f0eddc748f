using Xunit;

namespace Copilot.Telemetry.Tests.Foreign;

/// <summary>A fact about peers' test data; skipped, and said to be, where it is not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeersFactAttribute : FactAttribute
{
    private const string Absent = "the peers' test data is not at ../shared/fixtures";

    public PeersFactAttribute()
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
                var folder = Path.Combine(at.Parent!.FullName, "shared", "fixtures");
                return Directory.Exists(folder) ? folder : null;
            }
        }

        return null;
    }
}
