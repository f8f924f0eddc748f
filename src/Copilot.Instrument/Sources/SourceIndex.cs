using System.Text.RegularExpressions;
using Copilot.Instrument.Reading;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Sources;

/// <summary>The sources of a workload, where the tree holds them: its Dockerfile and the project that is built.</summary>
public sealed record WorkloadSources(DockerfileFacts? Dockerfile, ProjectFacts? Project, string Because);

/// <summary>Finds the sources beside manifests. A folder counts only where a file names it or it alone bears the workload's name.</summary>
internal sealed partial class SourceIndex
{
    private readonly ManifestTree _tree;
    private readonly Dictionary<string, ProjectFacts?> _projects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DockerfileFacts?> _dockerfiles = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _names;
    private readonly ILookup<string, string> _foldersByName;
    private readonly ILookup<string, (string Folder, string? Dockerfile, string Says)> _links;

    private readonly string? _only;
    private readonly Func<ImageName, bool> _isPublic;

    /// <param name="isPublic">Whether an image is a runtime's or off the shelf, and none that is built here.</param>
    public SourceIndex(ManifestTree tree, IReadOnlyList<ManifestWorkload> workloads, Func<ImageName, bool> isPublic)
    {
        _isPublic = isPublic;
        _tree = tree;
        _names = tree.Files.ToLookup(ManifestTree.FolderOf, file => file[(file.LastIndexOf('/') + 1)..]);
        _links = BuildLinks.Read(tree);
        var folders = _names.Select(folder => folder.Key).Where(f => DockerfileIn(f) is not null || ProjectIn(f) is not null).ToList();
        _foldersByName = folders.ToLookup(folder => Plain(folder.Length == 0 ? tree.Root : folder));
        _only = folders.Count == 1 && workloads.SelectMany(OwnImages).Distinct().Count() == 1 ? folders[0] : null;
    }

    public IEnumerable<string> Dockerfiles => _tree.Files.Where(IsDockerfile);

    public static bool IsDockerfile(string file) => DockerfileName().IsMatch(file[(file.LastIndexOf('/') + 1)..]);

    public DockerfileFacts? Dockerfile(string file)
    {
        if (!_dockerfiles.TryGetValue(file, out var facts))
            _dockerfiles[file] = facts = _tree.Has(file) && _tree.Read(file) is { } text ? DockerfileFacts.Read(file, text) : null;
        return facts;
    }

    public ProjectFacts? ProjectIn(string folder)
    {
        if (!_projects.TryGetValue(folder, out var facts))
            _projects[folder] = facts = ProjectFacts.Of(_tree, folder, _names[folder]);
        return facts;
    }

    /// <summary>Null where the tree does not hold them, or where several folders could be meant.</summary>
    public WorkloadSources? Of(ManifestWorkload workload, WorkloadContainer container)
    {
        if (container.Dockerfile is { } named && Dockerfile(named) is { } own)
            return new WorkloadSources(own, ProjectNear(named, container.BuildContext), named);
        if (container.BuildContext is { } context && ProjectIn(context) is { } built)
            return new WorkloadSources(null, built, context);
        if (container.Image is null)
            return null;
        var links = _links[container.Image.Last].Distinct().ToList();
        if (links.Count == 1)
        {
            var file = ManifestTree.Below(links[0].Folder, links[0].Dockerfile ?? "Dockerfile");
            var dockerfile = file is null ? null : Dockerfile(file);
            var project = ProjectIn(links[0].Folder);
            if (dockerfile is not null || project is not null)
                return new WorkloadSources(dockerfile, project, $"{links[0].Folder}, which {links[0].Says} builds it from");
        }

        foreach (var name in Names(workload, container).Select(Plain).Where(name => name.Length > 1).Distinct())
        {
            var folders = _foldersByName[name].ToList();
            if (folders.Count > 1)
                folders = [.. folders.Where(folder => SharesTop(folder, workload.Place.File))];
            if (folders.Count == 1)
                return new WorkloadSources(DockerfileIn(folders[0]), ProjectIn(folders[0]), $"{folders[0]}, which bears its name");
        }

        return _only is not null && OwnImages(workload).Contains(string.Join('/', container.Image.Path))
            ? new WorkloadSources(DockerfileIn(_only), ProjectIn(_only), "the only project here, for the only image of one's own")
            : null;
    }

    private IEnumerable<string> OwnImages(ManifestWorkload workload) =>
        workload
            .Running.Select(container => container.Image)
            .OfType<ImageName>()
            .Where(image => !_isPublic(image))
            .Select(image => string.Join('/', image.Path));

    private static IEnumerable<string> Names(ManifestWorkload workload, WorkloadContainer container)
    {
        if (container.Image is { } image)
        {
            yield return image.Last;
            // One repository for all images, told apart by their tags: 1.4.2-checkout.
            if (image.Tag is not null && TagName().Match(image.Tag) is { Success: true } tag)
                yield return tag.Groups[1].Value;
        }

        yield return workload.Name;
    }

    private DockerfileFacts? DockerfileIn(string folder) =>
        _names[folder]
            .Where(name => name is "Dockerfile" or "Containerfile")
            .Select(name => Dockerfile(folder.Length == 0 ? name : $"{folder}/{name}"))
            .FirstOrDefault();

    private ProjectFacts? ProjectNear(string dockerfile, string? context) =>
        ProjectIn(ManifestTree.FolderOf(dockerfile)) ?? (context is null ? null : ProjectIn(context));

    private static bool SharesTop(string folder, string file) => folder.Split('/')[0] == file.Split('/')[0] && file.Contains('/');

    private static string Plain(string path) => Separators().Replace(path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant(), "");

    [GeneratedRegex(@"[-_.]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(?:v?\d[\w.]*|latest|main)-([a-z][a-z-]+)$")]
    private static partial Regex TagName();

    [GeneratedRegex(@"^(Dockerfile|Containerfile)(\.[\w.-]+)?$|^[\w.-]+\.(Dockerfile|dockerfile)$")]
    private static partial Regex DockerfileName();
}
