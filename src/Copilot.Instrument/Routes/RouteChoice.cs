using Copilot.Instrument.Languages;
using Copilot.Instrument.Sources;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Routes;

/// <summary>Chooses how a workload can be instrumented: the first route is what a plan does, the others are what else there is.</summary>
internal static class RouteChoice
{
    private const string Restart = "a restart of its pods";

    public static IReadOnlyList<InstrumentationRoute> Of(
        ManifestWorkload workload,
        WorkloadContainer container,
        LanguageVerdict verdict,
        TracingState tracing,
        WorkloadSources? sources
    )
    {
        if (verdict.Language == RuntimeLanguage.Infrastructure)
            return [Never($"it is an off-the-shelf {verdict.Sort ?? "tool"}, no code of your own; its callers' spans show it")];
        if (workload.PodAnnotations.FirstOrDefault(IsRefusal) is { Key: { } refusal })
            return [Never($"somebody left it out: {refusal} is \"false\"")];
        if (tracing.IsTraced)
            return
            [
                new InstrumentationRoute
                {
                    Kind = RouteKind.AlreadyTraced,
                    Reason = $"{tracing.By} is there: {tracing.Evidence}; a second one would double its spans",
                },
            ];
        var ebpf = Ebpf(workload, verdict.Language);
        var package = Package(verdict.Language);
        return verdict.Language switch
        {
            RuntimeLanguage.Unknown =>
            [
                Never($"its language cannot be told: {verdict.Why}. Say it with --language {workload.Name}=LANGUAGE"),
                ebpf,
            ],
            RuntimeLanguage.Java or RuntimeLanguage.NodeJs or RuntimeLanguage.Python or RuntimeLanguage.DotNet => Agents(
                workload,
                container,
                verdict,
                sources,
                package,
                ebpf
            ),
            RuntimeLanguage.Go when workload.Kind.IsKubernetes() && GoInjection(workload, verdict) is { } injection =>
            [
                injection,
                ebpf,
                package,
            ],
            RuntimeLanguage.Nginx or RuntimeLanguage.ApacheHttpd or RuntimeLanguage.Envoy =>
            [
                Never(
                    $"{verdict.Language.Word()} passes requests on; its own OpenTelemetry module has to be "
                        + $"configured in its configuration file"
                ),
                ebpf,
            ],
            _ => [ebpf, package],
        };
    }

    private static bool IsRefusal(KeyValuePair<string, string> annotation) =>
        annotation.Key.StartsWith("instrumentation.opentelemetry.io/inject-", StringComparison.Ordinal)
        && annotation.Value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<InstrumentationRoute> Agents(
        ManifestWorkload workload,
        WorkloadContainer container,
        LanguageVerdict verdict,
        WorkloadSources? sources,
        InstrumentationRoute package,
        InstrumentationRoute ebpf
    )
    {
        if (Native(verdict.Language, sources) is { } native)
            return [ebpf with { Reason = native }, package];
        if (Blocked(container, verdict.Language) is { } blocked)
            return [ebpf with { Reason = blocked }, package];
        var kind = workload.Kind.IsKubernetes() ? RouteKind.OperatorInjection : RouteKind.AgentByEnvironment;
        var first = new InstrumentationRoute
        {
            Kind = kind,
            Reason = $"{verdict.Language.Word()}: {verdict.Why}",
            Cost =
                kind == RouteKind.OperatorInjection ? Restart + "; no privileges" : "a restart with a new image or volume; no privileges",
            Warnings = [.. Warnings(workload, container, verdict)],
        };
        var preload = new InstrumentationRoute
        {
            Kind = RouteKind.PreloadInjector,
            Reason = "on a host without containers, or where no operator may run",
            Cost = "root on the host, and a restart",
        };
        return verdict.Language == RuntimeLanguage.Python ? [first, package, ebpf] : [first, preload, package, ebpf];
    }

    /// <summary>Builds into which no agent can be put; null where the sources do not show one.</summary>
    private static string? Native(RuntimeLanguage language, WorkloadSources? sources)
    {
        if (sources?.Dockerfile is not { } file)
            return null;
        var built = string.Join('\n', file.Runs);
        if (
            language == RuntimeLanguage.DotNet
            && (
                file.Base?.Last == "runtime-deps"
                || ContainsAny(built, "--self-contained true", "PublishSingleFile", "PublishTrimmed", "PublishAot")
            )
        )
            return $"{file.File} builds .NET self-contained, into which the profiler is unlikely to load";
        return language == RuntimeLanguage.Java && ContainsAny(built, "native-image", "-Pnative", "nativeCompile")
            ? $"{file.File} builds a native image, which takes no Java agent"
            : null;
    }

    private static bool ContainsAny(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.Ordinal));

    /// <summary>Where the operator leaves a container as it is.</summary>
    private static string? Blocked(WorkloadContainer container, RuntimeLanguage language)
    {
        string[] names = language switch
        {
            RuntimeLanguage.Java => ["JAVA_TOOL_OPTIONS"],
            RuntimeLanguage.NodeJs => ["NODE_OPTIONS"],
            RuntimeLanguage.Python => ["PYTHONPATH"],
            _ => ["DOTNET_STARTUP_HOOKS", "DOTNET_ADDITIONAL_DEPS", "DOTNET_SHARED_STORE"],
        };
        var taken = container.Environment.FirstOrDefault(entry => entry.Value is null && names.Contains(entry.Name));
        return taken is null ? null : $"{taken.Name} comes from elsewhere (valueFrom or the host), so that no agent can be added to it";
    }

    private static IEnumerable<string> Warnings(ManifestWorkload workload, WorkloadContainer container, LanguageVerdict verdict)
    {
        var needs = InstrumentThresholds.AgentMemory(verdict.Language);
        if (container.MemoryLimit is { } limit && limit < 2 * needs)
            yield return $"its memory limit is {limit >> 20} MiB and the agent takes up to {needs >> 20}: raise it, or it may be killed";
        if (verdict.IsMusl is null && verdict.Language is RuntimeLanguage.Python or RuntimeLanguage.DotNet && workload.Kind.IsKubernetes())
            yield return $"whether its image is Alpine's cannot be told; if it is, annotate {PlatformKey(verdict.Language)} as well";
        if (workload.Kind is WorkloadKind.Job or WorkloadKind.CronJob)
            yield return "a job that ends at once may end before its spans are sent";
    }

    private static string PlatformKey(RuntimeLanguage language) =>
        language == RuntimeLanguage.Python ? "otel-python-platform: musl" : "otel-dotnet-auto-runtime: linux-musl-x64";

    private static InstrumentationRoute? GoInjection(ManifestWorkload workload, LanguageVerdict verdict) =>
        verdict.Executable is null || workload.SharesProcesses == false || workload.Running.Count() > 1
            ? null
            : new InstrumentationRoute
            {
                Kind = RouteKind.OperatorInjection,
                Reason = $"go: {verdict.Why}; its program is {verdict.Executable}",
                Cost = Restart + "; a privileged sidecar that runs as root",
                Warnings = ["the operator has to run with --enable-go-instrumentation, which is off by default"],
            };

    private static InstrumentationRoute Ebpf(ManifestWorkload workload, RuntimeLanguage language) =>
        new()
        {
            Kind = RouteKind.Ebpf,
            Reason =
                language == RuntimeLanguage.Go && workload.Kind.IsKubernetes()
                    ? "the path of its program is not known, or its pod does not allow the operator's sidecar; eBPF needs neither"
                    : "nothing has to be put into its process; it sees HTTP, gRPC and SQL, and no code of its own",
            Cost = "a privileged DaemonSet on every node, kernel 5.8 or later; no restart",
        };

    private static InstrumentationRoute Package(RuntimeLanguage language) =>
        new()
        {
            Kind = RouteKind.SdkPackage,
            Reason = $"OpenTelemetry's SDK for {language.Word()} in its code",
            Cost = "a change to the code and a release",
        };

    private static InstrumentationRoute Never(string reason) => new() { Kind = RouteKind.None, Reason = reason };
}
