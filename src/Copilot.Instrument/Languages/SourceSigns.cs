using Copilot.Instrument.Sources;

namespace Copilot.Instrument.Languages;

/// <summary>The signs of a language in a Dockerfile and in the project that it builds.</summary>
internal static class SourceSigns
{
    public static IEnumerable<LanguageEvidence> Of(WorkloadSources sources)
    {
        if (sources.Dockerfile is { } dockerfile)
        {
            var program = Dockerfile(dockerfile).ToList();
            foreach (var evidence in program)
                yield return evidence with
                {
                    Says = $"{evidence.Says} ({dockerfile.File})",
                };
            // Pages that are bundled with one language and served by another's program: what runs decides.
            if (program.Any(evidence => evidence.Rank >= EvidenceRank.Source))
                yield break;
        }

        if (sources.Project is { } project)
            yield return new LanguageEvidence(project.Language, EvidenceRank.Source, $"{project.File} builds it ({sources.Because})");
    }

    private static IEnumerable<LanguageEvidence> Dockerfile(DockerfileFacts facts)
    {
        foreach (var evidence in ContainerSigns.Program(facts.Entrypoint.Count > 0 ? facts.Entrypoint : facts.Command, facts.Command))
            yield return evidence;
        if (facts.Base is not null && ContainerSigns.Meaning(facts.Base) is var (meaning, _) && meaning != "base")
            yield return ContainerSigns.Evidence(meaning, EvidenceRank.Source, $"it is built on {facts.Base}");
        else
            foreach (var origin in facts.CopiedFrom)
            {
                if (ContainerSigns.Meaning(origin) is var (built, isRuntime) && isRuntime)
                    yield return ContainerSigns.Evidence(built, EvidenceRank.Source, $"what it runs is built with {origin}");
            }

        foreach (var evidence in ContainerSigns.Variables([.. facts.Environment.Where(e => e.Name != "NODE_ENV")], []))
            yield return evidence;
    }
}
