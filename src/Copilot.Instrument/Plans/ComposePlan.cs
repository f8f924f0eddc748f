using System.Text.RegularExpressions;
using Copilot.Instrument.Editing;
using Copilot.Instrument.Languages;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Plans;

/// <summary>
/// What makes a Compose service send spans: settings in its environment and, where its image is not built here, a volume that a service
/// of its own fills with the agent before it starts.
/// </summary>
internal static partial class ComposePlan
{
    /// <summary>The settings of every agent. Sampling is left to what keeps the spans.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Settings(WorkloadFinding finding, string endpoint, PlanRequest request)
    {
        var settings = new List<KeyValuePair<string, string>>
        {
            new("OTEL_SERVICE_NAME", Plain(finding.Workload.Name)),
            new("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        };
        var attributes = string.Join(',', Attributes(finding, request));
        if (attributes.Length > 0)
            settings.Add(new("OTEL_RESOURCE_ATTRIBUTES", attributes));
        return [.. settings.Where(s => s.Key == "OTEL_EXPORTER_OTLP_ENDPOINT" || finding.Main.Container.Variable(s.Key) is null)];
    }

    /// <summary>The changes of the file, for a service whose Dockerfile gets the agent itself.</summary>
    public static IEnumerable<YamlAddition> ForBuilt(WorkloadFinding finding, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        yield return At(finding, "environment", settings);
    }

    /// <summary>The changes of the file, for a service whose image comes from elsewhere.</summary>
    public static IEnumerable<YamlAddition> ForImage(WorkloadFinding finding, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var language = finding.Language;
        var agent = AgentFiles.Of(language, finding.Main.Verdict.IsMusl == true);
        var provider = Provider(language);
        if (agent.Variables.FirstOrDefault(v => finding.Main.Container.Variable(v.Key) is not null) is { Key: { } taken })
            throw new UneditableException($"{taken} is set already: add {agent.Variables.First(v => v.Key == taken).Value} to it by hand");
        yield return At(finding, "environment", [.. settings, .. agent.Variables]);
        yield return At(finding, "volumes", [new($"{provider}:{agent.Folder}:ro", "")]) with
        {
            MayBeList = true,
            IsList = true,
        };
        yield return new YamlAddition(
            finding.Workload.Place.Document,
            [.. finding.Workload.Place.Path, "depends_on", provider],
            [new("condition", "service_completed_successfully")]
        )
        {
            ListBecomes = "service_started",
        };
    }

    /// <summary>The service that fills the volume, and the volume; once a file and language.</summary>
    public static IEnumerable<YamlAddition> Providers(int document, RuntimeLanguage language, bool isMusl)
    {
        var agent = AgentFiles.Of(language, isMusl);
        var source = agent.Source.EndsWith(".jar", StringComparison.Ordinal) ? agent.Source : $"{agent.Source}/.";
        yield return new YamlAddition(
            document,
            ["services", Provider(language)],
            [
                new("image", agent.Image),
                new("entrypoint", $"[\"cp\", \"-r\", \"{source}\", \"{agent.Folder}/\"]"),
                new("volumes", $"[\"{Provider(language)}:{agent.Folder}\"]"),
            ]
        )
        {
            IsVerbatim = true,
        };
        yield return new YamlAddition(document, ["volumes"], [new(Provider(language), "{driver: local}")]) { IsVerbatim = true };
    }

    public static string Provider(RuntimeLanguage language) => $"otel-agent-{language.Word()}";

    private static YamlAddition At(WorkloadFinding finding, string key, IReadOnlyList<KeyValuePair<string, string>> entries) =>
        new(finding.Workload.Place.Document, [.. finding.Workload.Place.Path, key], entries) { MayBeList = true };

    private static IEnumerable<string> Attributes(WorkloadFinding finding, PlanRequest request)
    {
        if (finding.Main.Container.Image?.Tag is { } tag && TagLike().IsMatch(tag) && tag != "latest" && !IsRuntimes(finding))
            yield return $"service.version={tag}";
        if (request.Environment is { } environment)
            yield return $"deployment.environment.name={environment}";
    }

    /// <summary>A runtime's image is tagged with the runtime's version.</summary>
    private static bool IsRuntimes(WorkloadFinding finding) =>
        finding.Main.Container.Image is { } image && ContainerSigns.Meaning(image) is (_, true);

    /// <summary>Compose fills in what follows a dollar sign.</summary>
    private static string Plain(string name) => name.Replace("$", "$$", StringComparison.Ordinal);

    [GeneratedRegex(@"^[\w.-]+$")]
    private static partial Regex TagLike();
}
