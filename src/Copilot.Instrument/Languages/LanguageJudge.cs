using Copilot.Instrument.Sources;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Languages;

/// <summary>
/// Weighs the signs of one container. The highest rank decides; signs of one rank that contradict each other mean that nobody can tell:
/// a wrong language would put an agent into a process that cannot run it.
/// </summary>
internal static class LanguageJudge
{
    /// <summary>Languages whose frameworks bundle their pages with Node.js and set its variables without running on it.</summary>
    private static readonly RuntimeLanguage[] Bundlers = [RuntimeLanguage.Ruby, RuntimeLanguage.Php, RuntimeLanguage.Erlang];

    public static LanguageVerdict Judge(
        ManifestWorkload workload,
        WorkloadContainer container,
        WorkloadSources? sources,
        RuntimeLanguage? told = null
    )
    {
        var all = ContainerSigns.Of(workload, container).Concat(sources is null ? [] : SourceSigns.Of(sources)).ToList();
        if (told is { } said)
            all.Add(new LanguageEvidence(said, EvidenceRank.Told, "you said so"));
        var (language, evidence, why) = Weigh(all);
        if (language == RuntimeLanguage.Unknown && IsBase(container) && sources is null)
            (language, why) = (
                RuntimeLanguage.Infrastructure,
                $"{container.Image} holds nothing of its own, and what is started in it is a tool"
            );
        return new LanguageVerdict
        {
            Language = language,
            Sort = language == RuntimeLanguage.Infrastructure ? Sort(container, evidence) : null,
            Evidence = evidence,
            Why = why,
            IsMusl = IsMusl(container, sources),
            Executable = StartedProgram.Executable(container.Command) ?? Executable(container, sources),
        };
    }

    private static (RuntimeLanguage Language, IReadOnlyList<LanguageEvidence> Evidence, string Why) Weigh(List<LanguageEvidence> all)
    {
        if (all.Count == 0)
            return (RuntimeLanguage.Unknown, [], "nothing in the manifest or beside it tells what runs in it");
        var infrastructure = all.Where(e => e.Language == RuntimeLanguage.Infrastructure).ToList();
        var rank = all.Max(e => e.Rank);
        // A server's setting may also be given to what talks to the server: it counts only where nothing speaks for a language.
        if (rank < EvidenceRank.Program && infrastructure.Count > 0)
        {
            var isShown = infrastructure.Select(e => e.Says).Distinct().Count() > 1 && infrastructure.Any(e => e.Rank > EvidenceRank.Name);
            if (infrastructure.Count == all.Count && !isShown)
                return (RuntimeLanguage.Unknown, all, $"that is too little to go by: {infrastructure[0].Says}");
            if (infrastructure.Count < all.Count)
            {
                all = [.. all.Except(infrastructure)];
                rank = all.Max(e => e.Rank);
            }
        }

        var top = all.Where(e => e.Rank == rank).ToList();
        var languages = top.Select(e => e.Language).Distinct().ToList();
        if (languages.Count > 1 && rank <= EvidenceRank.Setting && languages.Any(Bundlers.Contains))
            languages.Remove(RuntimeLanguage.NodeJs);
        if (languages.Count > 1 && rank == EvidenceRank.Program)
            languages = Inner(top, languages);
        if (languages.Count > 1)
            return (
                RuntimeLanguage.Unknown,
                top,
                "the signs contradict each other: " + string.Join("; ", top.Select(e => e.Says).Distinct())
            );
        var speaking = all.Where(e => e.Language == languages[0]).OrderByDescending(e => e.Rank).ToList();
        return (languages[0], speaking, speaking[0].Says);
    }

    /// <summary>A program started in another runtime's image (a process manager, a server before it): what is started decides.</summary>
    private static List<RuntimeLanguage> Inner(List<LanguageEvidence> top, List<RuntimeLanguage> languages)
    {
        var started = top.Where(e => e.Says.StartsWith("it starts ", StringComparison.Ordinal)).Select(e => e.Language).Distinct().ToList();
        var image = top.Where(e => !started.Contains(e.Language)).ToList();
        var isOffTheShelf = image.Any(e => e.Language == RuntimeLanguage.Infrastructure);
        return started.Count == 1 && !isOffTheShelf ? started
            : isOffTheShelf ? [RuntimeLanguage.Infrastructure]
            : languages;
    }

    private static bool IsBase(WorkloadContainer container) =>
        container.Image is { } image
        && ContainerSigns.Meaning(image) is ("base", _)
        && StartedProgram.Executable(container.Command) is null;

    private static string Sort(WorkloadContainer container, IReadOnlyList<LanguageEvidence> evidence)
    {
        if (container.Image is not null && ContainerSigns.Meaning(container.Image) is var (meaning, isRuntime) && !isRuntime)
            return meaning == "base" ? "tool" : meaning;
        var says = evidence is [var first, ..] ? first.Says : "";
        return says.EndsWith(')') ? says[(says.LastIndexOf('(') + 1)..^1] : "tool";
    }

    private static bool? IsMusl(WorkloadContainer container, WorkloadSources? sources)
    {
        if (sources?.Dockerfile is { Base: { } below })
            return below.IsMusl || below.Last == "alpine";
        if (container.Image is null)
            return null;
        if (container.Image.IsMusl)
            return true;
        return ContainerSigns.Meaning(container.Image) is var (_, isRuntime) && isRuntime ? false : null;
    }

    private static string? Executable(WorkloadContainer container, WorkloadSources? sources) =>
        container.Command.Count > 0 || sources?.Dockerfile is not { } facts
            ? null
            : StartedProgram.Executable(facts.Entrypoint)
                ?? (facts.Entrypoint.Count == 0 ? StartedProgram.Executable(facts.Command) : null);
}
