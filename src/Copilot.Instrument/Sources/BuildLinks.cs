using System.Text.RegularExpressions;
using Copilot.Instrument.Reading;
using YamlDotNet.Core;

namespace Copilot.Instrument.Sources;

/// <summary>Which folder builds an image, where a file says so: Skaffold's artifacts, Tilt's and Make's <c>docker build</c>
/// lines.</summary>
internal static partial class BuildLinks
{
    /// <summary>Folders by the last part of the image's name.</summary>
    public static ILookup<string, (string Folder, string? Dockerfile, string Says)> Read(ManifestTree tree)
    {
        var links = new List<(string Image, string Folder, string? Dockerfile, string Says)>();
        foreach (var file in tree.Files.ToList())
        {
            var name = file[(file.LastIndexOf('/') + 1)..];
            if (SkaffoldName().IsMatch(name))
                links.AddRange(Skaffold(tree, file));
            else if (name is "Tiltfile" or "Makefile" or "makefile" || name.EndsWith(".sh", StringComparison.Ordinal))
                links.AddRange(Lines(tree, file));
        }

        return links.ToLookup(link => Last(link.Image), link => (link.Folder, link.Dockerfile, link.Says));
    }

    private static IEnumerable<(string, string, string?, string)> Skaffold(ManifestTree tree, string file)
    {
        IReadOnlyList<YamlDotNet.RepresentationModel.YamlNode> documents;
        try
        {
            documents = ManifestYaml.Read(tree.Read(file) ?? "");
        }
        catch (YamlException)
        {
            yield break;
        }

        foreach (var artifact in documents.SelectMany(document => document.At(["build", "artifacts"]).Items()))
        {
            var folder = ManifestTree.Below(ManifestTree.FolderOf(file), artifact.Text("context") ?? ".");
            if (artifact.Text("image") is { } image && folder is not null)
                yield return (image, folder, artifact.Child("docker").Text("dockerfile"), file);
        }
    }

    private static IEnumerable<(string, string, string?, string)> Lines(ManifestTree tree, string file)
    {
        foreach (
            var match in (tree.Read(file) ?? "").Split('\n').SelectMany(line => Tilt().Matches(line).Concat(DockerBuild().Matches(line)))
        )
        {
            if (ManifestTree.Below(ManifestTree.FolderOf(file), match.Groups["folder"].Value) is { } folder)
                yield return (match.Groups["image"].Value, folder, null, file);
        }
    }

    private static string Last(string image) => Workloads.ImageName.Parse(image)?.Last ?? "";

    [GeneratedRegex(@"^skaffold[\w.-]*\.ya?ml$")]
    private static partial Regex SkaffoldName();

    [GeneratedRegex(@"docker_build\(\s*['""](?<image>[^'""$]+)['""]\s*,\s*['""](?<folder>[^'""]+)['""]")]
    private static partial Regex Tilt();

    [GeneratedRegex(@"docker (?:buildx )?build\b[^\n]*?(?:-t|--tag)[ =](?<image>[\w./:-]+)[^\n]*?\s(?<folder>\.?[\w./-]+)\s*$")]
    private static partial Regex DockerBuild();
}
