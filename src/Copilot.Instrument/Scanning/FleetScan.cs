using Copilot.Instrument.Languages;
using Copilot.Instrument.Reading;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Sources;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Scanning;

/// <summary>Scans trees of manifests and sources: which workloads there are, in which language, traced or not, and how they can
/// be.</summary>
public static class FleetScan
{
    /// <exception cref="FileNotFoundException">A path, or a file of variables, is not there.</exception>
    public static ScanResult Run(ScanRequest request)
    {
        var given = new VariableValues();
        foreach (var file in request.EnvironmentFiles)
            given.Add(File.Exists(file) ? File.ReadAllText(file) : throw new FileNotFoundException($"{file}: there is no such file."));
        var trees = request.Paths.Select(ManifestTree.Open).DistinctBy(tree => (tree.Root, tree.Files.Count)).ToList();
        var (done, all) = (0, trees.Sum(tree => tree.Files.Count(TreeReader.IsManifest)));
        var (findings, instrumentations, notes) = (new List<WorkloadFinding>(), new List<KnownInstrumentation>(), new List<ScanNote>());
        var collectors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in trees)
        {
            var reader = new TreeReader(tree, given);
            foreach (var file in tree.Files.Where(TreeReader.IsManifest).ToList())
            {
                reader.Read(file);
                request.Progress?.Invoke(++done, all);
            }

            findings.AddRange(Findings(tree, reader.Workloads, request));
            instrumentations.AddRange(reader.Instrumentations);
            collectors.UnionWith(reader.CollectorEndpoints);
            notes.AddRange(tree.Notes);
        }

        return new ScanResult
        {
            Findings = findings,
            Notes = notes,
            Files = all,
            Instrumentations = [.. instrumentations.Distinct()],
            CollectorEndpoint = collectors.Count == 1 ? collectors.First() : null,
        };
    }

    /// <summary>Judges workloads that were read elsewhere, from a cluster for one; there are no sources beside them.</summary>
    public static IReadOnlyList<WorkloadFinding> Judge(IEnumerable<ManifestWorkload> workloads, string origin) =>
        [.. workloads.Select(workload => Finding(workload, origin, null, new Dictionary<string, RuntimeLanguage>()))];

    private static IEnumerable<WorkloadFinding> Findings(ManifestTree tree, List<ManifestWorkload> workloads, ScanRequest request)
    {
        var sources = new SourceIndex(tree, workloads, image => ContainerSigns.Meaning(image) is not null);
        var findings = workloads.Select(workload => Finding(workload, tree.Root, sources, request.Told)).ToList();
        var used = findings.SelectMany(f => f.Others.Prepend(f.Main)).Select(c => c.Dockerfile).ToHashSet();
        foreach (var file in sources.Dockerfiles.Where(file => !used.Contains(file)).ToList())
        {
            if (sources.Dockerfile(file) is { } facts)
                findings.Add(Finding(Alone(file, facts), tree.Root, sources, request.Told));
        }

        return SameName.Reconcile(findings).OrderBy(f => f.Workload.Place.File, StringComparer.Ordinal).ThenBy(f => f.Workload.Place.Line);
    }

    /// <summary>A Dockerfile that no manifest in the tree uses.</summary>
    private static ManifestWorkload Alone(string file, DockerfileFacts facts)
    {
        var folder = ManifestTree.FolderOf(file);
        var name = folder.Length == 0 ? "image" : folder[(folder.LastIndexOf('/') + 1)..];
        return new ManifestWorkload
        {
            Kind = WorkloadKind.Dockerfile,
            Name = name,
            Place = new ManifestPlace(file, 1, 0, []),
            Containers =
            [
                new WorkloadContainer
                {
                    Name = name,
                    Dockerfile = file,
                    BuildContext = folder,
                    Ports = [.. facts.Ports.Select(p => new ContainerPort(p, null))],
                },
            ],
        };
    }

    private static WorkloadFinding Finding(
        ManifestWorkload workload,
        string root,
        SourceIndex? index,
        IReadOnlyDictionary<string, RuntimeLanguage> told
    )
    {
        var containers = workload
            .Running.Select((container, at) => Judged(workload, container, index, at == 0 ? Told(workload, told) : null))
            .ToList();
        var main =
            containers.FirstOrDefault(c => c.Container.Name == workload.Name && c.Verdict.Language != RuntimeLanguage.Infrastructure)
            ?? containers.FirstOrDefault(c => c.Verdict.Language is not (RuntimeLanguage.Infrastructure or RuntimeLanguage.Envoy))
            ?? containers[0];
        return new WorkloadFinding
        {
            Workload = workload,
            Root = root,
            Main = main,
            Others = [.. containers.Where(c => c != main)],
        };
    }

    private static RuntimeLanguage? Told(ManifestWorkload workload, IReadOnlyDictionary<string, RuntimeLanguage> told) =>
        told.TryGetValue(workload.Name, out var language) ? language : null;

    private static ContainerFinding Judged(
        ManifestWorkload workload,
        WorkloadContainer container,
        SourceIndex? index,
        RuntimeLanguage? told
    )
    {
        var sources = index?.Of(workload, container);
        var verdict = LanguageJudge.Judge(workload, container, sources, told);
        var tracing = TracingSigns.Of(workload, container, sources);
        return new ContainerFinding
        {
            Container = container,
            Verdict = verdict,
            Tracing = tracing,
            Routes = RouteChoice.Of(workload, container, verdict, tracing, sources),
            Dockerfile = sources?.Dockerfile?.File,
        };
    }
}
