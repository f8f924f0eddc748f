using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Languages;

/// <summary>The signs of a language in what a manifest says of one container; what the sources say is <see cref="SourceSigns"/>.</summary>
internal static partial class ContainerSigns
{
    /// <summary>Ports on which only servers of one sort listen.</summary>
    private static readonly Dictionary<int, string> Ports = new()
    {
        [5432] = "database",
        [3306] = "database",
        [27017] = "database",
        [1433] = "database",
        [1521] = "database",
        [9042] = "database",
        [6379] = "cache",
        [11211] = "cache",
        [5672] = "broker",
        [9092] = "broker",
        [2181] = "broker",
        [4222] = "broker",
    };

    public static IEnumerable<LanguageEvidence> Of(ManifestWorkload workload, WorkloadContainer container) =>
        Image(container)
            .Concat(Program(container.Command, container.Arguments))
            .Concat(Variables(container.Environment, container.Ports))
            .Concat(container.BuildArguments.SelectMany(entry => BuildArgument(entry.Name)))
            .Concat(container.Probes.SelectMany(Probe))
            .Concat(
                container.ProbePaths.SelectMany(path =>
                    Sign(SignTable.ProbePaths, path, EvidenceRank.Beside, $"a health check asks for {path}")
                )
            )
            .Concat(
                container.Mounts.SelectMany(path => Sign(SignTable.Mounts, path, EvidenceRank.Beside, $"something is mounted on {path}"))
            )
            .Concat(container.Ports.SelectMany(Port))
            .Concat(Labels(workload))
            .Concat(Names(workload, container));

    /// <summary>What a name of an image says: off-the-shelf software, or a runtime's own image.</summary>
    public static (string Meaning, bool IsRuntime)? Meaning(ImageName image)
    {
        foreach (var name in Suffixes(image))
        {
            if (SignTable.OffTheShelf.Meaning(name) is { } sort)
                return (sort, false);
            if (SignTable.Images.Meaning(name) is { } language)
                return (language, true);
        }

        return null;
    }

    public static IEnumerable<LanguageEvidence> Program(IReadOnlyList<string> command, IReadOnlyList<string> arguments)
    {
        if (StartedProgram.Of([.. command, .. arguments]) is var (meaning, word))
            yield return Evidence(meaning, EvidenceRank.Program, $"it starts {Short(word)}");
        else if (StartedProgram.Executable(command) is { } own && StartedProgram.HasGoFlags(own, arguments.Concat(command.Skip(1))))
            yield return Evidence("go", EvidenceRank.Beside, $"{Short(own)} takes options as Go's flag package reads them");
        foreach (var flag in arguments.Concat(command).Where(word => SpringFlag().IsMatch(word)).Take(1))
            yield return Evidence("java", EvidenceRank.Setting, $"it is started with {Short(flag)}");
    }

    public static IEnumerable<LanguageEvidence> Variables(IReadOnlyList<EnvironmentEntry> entries, IReadOnlyList<ContainerPort> ports)
    {
        foreach (var entry in entries)
        {
            if (SignTable.Variables.Meaning(entry.Name) is { } meaning)
                yield return Evidence(meaning, EvidenceRank.Setting, $"{entry.Name} is set");
            else if (DotNetName().IsMatch(entry.Name))
                yield return Evidence("dotnet", EvidenceRank.Setting, $"{Short(entry.Name)} is set, which .NET's configuration reads so");
            else if (
                entry.Name.EndsWith("_PORT", StringComparison.Ordinal)
                && SignTable.Programs.Meaning(entry.Name[..^5].ToLowerInvariant()) is "nginx" or "envoy" or "apachehttpd"
                && ports.Any(port => port.Number.ToString(CultureInfo.InvariantCulture) == entry.Value)
            )
                yield return Evidence(
                    SignTable.Programs.Meaning(entry.Name[..^5].ToLowerInvariant())!,
                    EvidenceRank.Beside,
                    $"it listens on the port that {entry.Name} says"
                );
            if (IsServers(entry.Name))
                continue;
            if (entry.Value is { Length: > 0 and < 4000 } value && SignTable.Values.Meaning(value) is { } said)
                yield return Evidence(said, EvidenceRank.Setting, $"{entry.Name} says {Short(value)}");
        }
    }

    /// <summary>A server's own setting: that it runs on a virtual machine of its own tells nothing of the company's code.</summary>
    private static bool IsServers(string name) =>
        SignTable.Variables.Meaning(name) is { } meaning && SignTable.Language(meaning) == RuntimeLanguage.Infrastructure;

    public static LanguageEvidence Evidence(string meaning, EvidenceRank rank, string says)
    {
        var language = SignTable.Language(meaning);
        return new LanguageEvidence(language, rank, language == RuntimeLanguage.Infrastructure ? $"{says} ({meaning})" : says);
    }

    public static IEnumerable<LanguageEvidence> Words(string name, string what)
    {
        foreach (var word in Separators().Split(name.ToLowerInvariant()).Distinct())
        {
            if (SignTable.NameWords.Meaning(word) is { } meaning)
                yield return Evidence(meaning, EvidenceRank.Name, $"\"{word}\" is in {what} {Short(name)}");
        }
    }

    private static IEnumerable<LanguageEvidence> Image(WorkloadContainer container)
    {
        if (container.Image is not { } image || Meaning(image) is not var (meaning, isRuntime) || meaning == "base")
            yield break;
        var what = isRuntime ? "the image is a runtime's" : $"the image is an off-the-shelf {meaning}";
        yield return Evidence(meaning, EvidenceRank.Program, $"{what}: {Short(image.Text)}") with
        {
            Says = $"{what}: {Short(image.Text)}",
        };
    }

    private static IEnumerable<LanguageEvidence> BuildArgument(string name)
    {
        if (SignTable.Variables.Meaning(name) is { } meaning)
            yield return Evidence(meaning, EvidenceRank.Beside, $"the build takes {name}");
        else
            foreach (var word in name.ToLowerInvariant().Split('_').Where(_ => name.EndsWith("_VERSION", StringComparison.Ordinal)))
            {
                if (SignTable.NameWords.Meaning(word) is { } said)
                    yield return Evidence(said, EvidenceRank.Beside, $"the build takes {name}");
            }
    }

    private static IEnumerable<LanguageEvidence> Probe(IReadOnlyList<string> command)
    {
        var words = command is ["pgrep", .., var last] ? [last] : command;
        if (StartedProgram.Of(words) is var (meaning, word))
            yield return Evidence(meaning, EvidenceRank.Beside, $"its health check runs {Short(word)}");
    }

    private static IEnumerable<LanguageEvidence> Port(ContainerPort port)
    {
        if (Ports.TryGetValue(port.Number, out var sort))
            yield return Evidence(sort, EvidenceRank.Beside, $"it listens on port {port.Number}");
        if (
            port.Name is { } name
            && SignTable.NameWords.Meaning(name) is { } server
            && SignTable.Language(server) == RuntimeLanguage.Infrastructure
        )
            yield return Evidence(server, EvidenceRank.Name, $"port {port.Number} is called {name}");
        if (port.Name is "jmx" or "jolokia")
            yield return Evidence("java", EvidenceRank.Beside, $"port {port.Number} is called {port.Name}");
        if (port.Name is "pprof")
            yield return Evidence("go", EvidenceRank.Name, $"port {port.Number} is called {port.Name}");
    }

    private static IEnumerable<LanguageEvidence> Labels(ManifestWorkload workload)
    {
        foreach (
            var (key, value) in workload.Labels.Concat(workload.PodLabels).Concat(workload.PodAnnotations).DistinctBy(pair => pair.Key)
        )
        {
            if (RuntimeLabel().IsMatch(key) && SignTable.Labels.Meaning(value) is { } meaning)
                yield return Evidence(meaning, EvidenceRank.Setting, $"{key} says {Short(value)}");
            if (AgentAnnotation().Match(key) is { Success: true } agent && value != "false" && Agent(agent.Groups[1].Value) is { } language)
                yield return Evidence(language, EvidenceRank.Setting, $"it is annotated with {key}");
            if (key == "prometheus.io/path" && SignTable.ProbePaths.Meaning(value) is { } framework)
                yield return Evidence(framework, EvidenceRank.Beside, $"its metrics are at {Short(value)}");
        }

        static string? Agent(string name) =>
            name switch
            {
                "java" or "nodejs" or "python" or "dotnet" or "go" or "ruby" or "php" or "nginx" => name,
                "js" => "nodejs",
                "apache-httpd" => "apachehttpd",
                _ => null,
            };
    }

    private static IEnumerable<LanguageEvidence> Names(ManifestWorkload workload, WorkloadContainer container)
    {
        var image = container.Image is null
            ? []
            : Words(container.Image.Last, "the image's name").Concat(Words(container.Image.Tag ?? "", "the tag"));
        return image.Concat(
            workload.Running.Count() == 1 ? Words(workload.Name, "the name") : Words(container.Name, "the container's name")
        );
    }

    private static IEnumerable<LanguageEvidence> Sign(SignTable table, string text, EvidenceRank rank, string says)
    {
        if (table.Meaning(text) is { } meaning)
            yield return Evidence(meaning, rank, says);
    }

    /// <summary>The last two parts of an image's path, then the last alone; an official image is "library/" and its name.</summary>
    private static IEnumerable<string> Suffixes(ImageName image)
    {
        if (image.Path.Count > 1)
            yield return $"{image.Path[^2]}/{image.Last}";
        else if (image.Registry.Length == 0)
            yield return $"library/{image.Last}";
        yield return image.Last;
    }

    private static string Short(string text) => text.Length <= 60 ? text.ReplaceLineEndings(" ") : text[..57].ReplaceLineEndings(" ") + "…";

    [GeneratedRegex(@"^--(spring|server\.port|management)\b[\w.]*=")]
    private static partial Regex SpringFlag();

    [GeneratedRegex(@"^[A-Z][a-z][A-Za-z0-9]*(__[A-Za-z0-9_.-]+)+$")]
    private static partial Regex DotNetName();

    [GeneratedRegex(@"(^|[./-])(runtime|language|lang|programming-language|tech|technology|framework)$")]
    private static partial Regex RuntimeLabel();

    [GeneratedRegex(@"^(?:instrumentation\.opentelemetry\.io/inject-|admission\.datadoghq\.com/(?=\w+-lib\.))([a-z-]+?)(?:-lib\.\w+)?$")]
    private static partial Regex AgentAnnotation();

    [GeneratedRegex(@"[-_./]")]
    private static partial Regex Separators();
}
