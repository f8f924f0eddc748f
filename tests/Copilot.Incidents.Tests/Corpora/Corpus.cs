namespace Copilot.Incidents.Tests.Corpora;

/// <summary>Test data beside the repository. Tests say plainly that they skip where it is absent.</summary>
internal static class Corpus
{
    public static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Copilot.sln")))
            {
                var path = Path.Combine(folder.FullName, "..", "shared", relative);
                return Directory.Exists(path) || File.Exists(path) ? path : null;
            }
        }

        return null;
    }
}
