using Copilot.Instrument.Editing;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Scanning;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Plans;

/// <summary>Turns a scan into the change of every file, without writing one.</summary>
public static class FleetPlanner
{
    /// <summary>Where the copilot takes spans when nothing in the files says where else.</summary>
    public const string UsualEndpoint = "http://copilot:4318";

    public static FleetPlan Make(PlanRequest request)
    {
        var scan = request.Scan;
        var endpoint = request.Endpoint ?? scan.CollectorEndpoint ?? UsualEndpoint;
        var files = new FileDrafts();
        var skipped = new List<SkippedWorkload>();
        foreach (var finding in scan.Findings)
        {
            if (Reason(finding, request) is { } reason)
                skipped.Add(new SkippedWorkload(finding, reason));
            else if (Try(files, finding, request) is { } failure)
                skipped.Add(new SkippedWorkload(finding, failure));
        }

        skipped.AddRange(files.Settle(request.Progress));
        var planned = files.Workloads.ToList();
        var notes = new List<string>();
        AddResources(files, planned, endpoint, request, notes);
        if (request.Endpoint is null)
            notes.Add(
                scan.CollectorEndpoint is null
                    ? $"No one collector was found in these files: spans go to {endpoint}. Name another with --endpoint."
                    : $"Spans go to {endpoint}, which is in these files. Name another with --endpoint."
            );
        return new FleetPlan
        {
            Files = files.Done(),
            Skipped = skipped,
            Waves = PlanWave.Make(planned, request.By, request.WaveSize),
            Notes = notes,
            Endpoint = endpoint,
        };
    }

    private static string? Reason(WorkloadFinding finding, PlanRequest request)
    {
        var workload = finding.Workload;
        if (request.Only is { } only && !only.Contains(new PlannedWorkload(finding, [], []).Id))
            return "not in this wave";
        if (finding.Route.Kind is not (RouteKind.OperatorInjection or RouteKind.AgentByEnvironment))
            return $"{finding.Route.Kind.Word()}: {finding.Route.Reason}";
        if (workload.LeftAlone is { } alone)
            return alone;
        if (workload.Kind.IsKubernetes() && request.Instrumentation == "true" && Existing(workload, request.Scan).Count > 1)
            return "its namespace has more than one Instrumentation, so that \"true\" injects nothing: name one with --instrumentation";
        return null;
    }

    private static List<KnownInstrumentation> Existing(ManifestWorkload workload, ScanResult scan)
    {
        var folder = Reading.ManifestTree.FolderOf(workload.Place.File);
        return [.. scan.Instrumentations.Where(i => i.Namespace == workload.Namespace && (i.Namespace is not null || i.Folder == folder))];
    }

    private static string? Try(FileDrafts files, WorkloadFinding finding, PlanRequest request)
    {
        try
        {
            if (finding.Workload.Kind.IsKubernetes())
            {
                var addition = AnnotationPlan.Addition(finding, request);
                files.Add(finding, [addition], addition.Entries, [.. AnnotationPlan.Warnings(finding)]);
            }
            else
                Container(files, finding, request);
            return null;
        }
        catch (UneditableException failure)
        {
            return $"left alone, since its file cannot be changed safely: {failure.Message}";
        }
    }

    private static void Container(FileDrafts files, WorkloadFinding finding, PlanRequest request)
    {
        // A service of a cluster is no name that Compose knows.
        var target = request.Endpoint ?? CollectorBeside(finding, request.Scan) ?? UsualEndpoint;
        var settings = ComposePlan.Settings(finding, target, request);
        var warnings = finding.Route.Warnings;
        if (finding.Workload.Kind == WorkloadKind.Dockerfile)
        {
            files.Append(finding, finding.Workload.Place.File, settings, warnings);
            return;
        }

        if (finding.Main.Dockerfile is { } dockerfile)
        {
            files.Add(finding, [.. ComposePlan.ForBuilt(finding, settings)], settings, warnings);
            files.Append(finding, dockerfile, [], []);
            return;
        }

        var document = finding.Workload.Place.Document;
        var (language, isMusl) = (finding.Language, finding.Main.Verdict.IsMusl == true);
        files.Add(
            finding,
            [.. ComposePlan.ForImage(finding, settings), .. ComposePlan.Providers(document, language, isMusl)],
            [.. settings, .. AgentFiles.Of(language, isMusl).Variables],
            warnings
        );
    }

    /// <summary>A collector among the services of the same Compose file.</summary>
    private static string? CollectorBeside(WorkloadFinding finding, ScanResult scan)
    {
        var collector = scan.Findings.FirstOrDefault(other =>
            other.Root == finding.Root
            && other.Workload.Place.File == finding.Workload.Place.File
            && (other.Main.Container.Image?.Last.StartsWith("opentelemetry-collector", StringComparison.Ordinal) ?? false)
        );
        return collector is null ? null : $"http://{collector.Workload.Name}:4318";
    }

    private static void AddResources(
        FileDrafts files,
        IReadOnlyList<PlannedWorkload> planned,
        string endpoint,
        PlanRequest request,
        List<string> notes
    )
    {
        var injected = planned.Where(p => p.Finding.Route.Kind == RouteKind.OperatorInjection).ToList();
        var hasMesh = request.Scan.Findings.Any(f => f.Main.Tracing is { By: "a mesh" });
        if (injected.Count > 0)
            notes.Add("The OpenTelemetry Operator has to run in the cluster, and pods are changed when they start anew.");
        if (request.Instrumentation == "true")
            foreach (var home in injected.GroupBy(p => (p.Finding.Root, p.Finding.Workload.Kustomization)))
            {
                var spaces = home.Select(p => p.Finding.Workload).Where(w => Existing(w, request.Scan).Count == 0).Select(w => w.Namespace);
                var named = spaces.Distinct().Where(space => space is null || OperatorResources.IsName(space)).ToList();
                if (named.Count > 0)
                    files.Resource(home.Key.Root, home.Key.Kustomization, named, endpoint, hasMesh, request, notes);
            }

        foreach (var root in request.Scan.Findings.GroupBy(f => f.Root))
        {
            var unseen = root.Where(f => f.Route.Kind == RouteKind.Ebpf && f.Workload.Kind.IsKubernetes()).ToList();
            if (unseen.Count == 0)
                continue;
            if (request.WithEbpf && OperatorResources.Ebpf(unseen, endpoint) is { } text)
                files.Create(root.Key, OperatorResources.EbpfFileName, text);
            else if (!request.WithEbpf)
                notes.Add(
                    $"{ScanReport.Count(unseen.Count, "workload")} can be seen by eBPF alone: --ebpf writes "
                        + $"the DaemonSet for it, which is privileged."
                );
        }
    }
}
