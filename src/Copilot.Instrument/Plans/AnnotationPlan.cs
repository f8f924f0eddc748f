using System.Text.RegularExpressions;
using Copilot.Instrument.Editing;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Scanning;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Plans;

/// <summary>The annotations that make the OpenTelemetry Operator put agents into a workload's pods.</summary>
internal static partial class AnnotationPlan
{
    private const string Prefix = "instrumentation.opentelemetry.io/";
    private static readonly string[] EnvironmentLabels = ["deployment.environment.name", "deployment.environment", "environment", "env"];

    public static YamlAddition Addition(WorkloadFinding finding, PlanRequest request)
    {
        var workload = finding.Workload;
        IReadOnlyList<string> path = [.. workload.Place.Path, .. workload.Kind.TemplatePath(), "metadata", "annotations"];
        return new YamlAddition(workload.Place.Document, path, [.. Annotations(finding, request)]);
    }

    public static IEnumerable<string> Warnings(WorkloadFinding finding)
    {
        if (Languages(finding).Count > 1)
            yield return "its containers run several languages: the operator has to run with --enable-multi-instrumentation";
        foreach (var warning in finding.Injected.SelectMany(container => container.Routes[0].Warnings).Distinct())
            yield return warning;
    }

    private static IEnumerable<KeyValuePair<string, string>> Annotations(WorkloadFinding finding, PlanRequest request)
    {
        var languages = Languages(finding);
        foreach (var (language, containers) in languages)
        {
            yield return Pair($"{Prefix}inject-{language.Word()}", request.Instrumentation);
            var names = string.Join(',', containers.Select(container => container.Container.Name));
            if (languages.Count > 1)
                yield return Pair($"{Prefix}{language.Word()}-container-names", names);
            else if (language != RuntimeLanguage.Go && NeedsNames(finding))
                yield return Pair($"{Prefix}container-names", names);
            if (language == RuntimeLanguage.Go)
                yield return Pair($"{Prefix}otel-go-auto-target-exe", containers[0].Verdict.Executable!);
            if (language == RuntimeLanguage.Python && containers.All(IsMusl))
                yield return Pair($"{Prefix}otel-python-platform", "musl");
            if (language == RuntimeLanguage.DotNet && containers.All(IsMusl))
                yield return Pair($"{Prefix}otel-dotnet-auto-runtime", "linux-musl-x64");
        }

        foreach (var attribute in Resource(finding, request))
            yield return attribute;
    }

    private static bool IsMusl(ContainerFinding container) => container.Verdict.IsMusl == true;

    /// <summary>The operator takes the first container; a mesh or a sidecar may be there before the application's.</summary>
    private static bool NeedsNames(WorkloadFinding finding) =>
        finding.Workload.Running.Count() > 1 || finding.Main.Tracing is { By: not null, InProcess: false };

    private static List<(RuntimeLanguage Language, List<ContainerFinding> Containers)> Languages(WorkloadFinding finding) =>
        [.. finding.Injected.GroupBy(container => container.Verdict.Language).Select(group => (group.Key, group.ToList()))];

    /// <summary>What the operator would not find itself: it takes the workload's name, its namespace and the image's tag.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Resource(WorkloadFinding finding, PlanRequest request)
    {
        var (labels, container) = (finding.Workload.PodLabels, finding.Main.Container);
        if (container.Variable("OTEL_SERVICE_NAME") is null && Versioned(finding.Workload.Name, labels) is var (service, version))
        {
            yield return Pair("resource.opentelemetry.io/service.name", service);
            yield return Pair("resource.opentelemetry.io/service.version", version);
        }
        else if (Label(labels, "app.kubernetes.io/version") is { } told && container.Image?.Tag is null or "latest")
            yield return Pair("resource.opentelemetry.io/service.version", told);
        var environment =
            EnvironmentLabels.Select(key => Label(labels, key)).FirstOrDefault(value => value is not null) ?? request.Environment;
        if (environment is not null)
            yield return Pair("resource.opentelemetry.io/deployment.environment.name", environment);
    }

    /// <summary>Several workloads of one service, told apart by a version: <c>reviews-v2</c> of app reviews is service reviews.</summary>
    private static (string Service, string Version)? Versioned(string name, IReadOnlyDictionary<string, string> labels)
    {
        var app = Label(labels, "app.kubernetes.io/name") ?? Label(labels, "app");
        var version = Label(labels, "app.kubernetes.io/version") ?? Label(labels, "version");
        return app is not null && version is not null && name == $"{app}-{version}" ? (app, version) : null;
    }

    private static string? Label(IReadOnlyDictionary<string, string> labels, string key) =>
        labels.TryGetValue(key, out var value) && LabelValue().IsMatch(value) ? value : null;

    private static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelValue();
}
