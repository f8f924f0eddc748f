using Copilot.Instrument.Languages;
using Copilot.Instrument.Reading;
using Copilot.Instrument.Routes;

namespace Copilot.Instrument.Scanning;

/// <summary>
/// The same workload is often described twice in a folder: for Compose and for Kubernetes, or per environment. What one tells holds for
/// the other; where they contradict each other, nobody can tell.
/// </summary>
internal static class SameName
{
    public static IEnumerable<WorkloadFinding> Reconcile(IReadOnlyList<WorkloadFinding> findings)
    {
        var namesakes = findings.ToLookup(f => (ManifestTree.FolderOf(f.Workload.Place.File), f.Workload.Name));
        return findings.Select(finding =>
        {
            var others = namesakes[(ManifestTree.FolderOf(finding.Workload.Place.File), finding.Workload.Name)]
                .Where(f => f != finding)
                .ToList();
            return Traced(With(finding, others), others);
        });
    }

    private static WorkloadFinding With(WorkloadFinding finding, IReadOnlyList<WorkloadFinding> others)
    {
        var known = others.Where(f => f.Language != RuntimeLanguage.Unknown).ToList();
        var languages = known.Select(f => f.Language).Distinct().ToList();
        if (languages.Count == 0 || (languages.Count == 1 && languages[0] == finding.Language))
            return finding;
        var isTold = finding.Main.Verdict.Evidence.Any(e => e.Rank == EvidenceRank.Told);
        if (isTold)
            return finding;
        var verdict = finding.Main.Verdict;
        if (finding.Language == RuntimeLanguage.Unknown && verdict.Evidence.Count > 0)
            return finding;
        var all = finding.Language == RuntimeLanguage.Unknown ? known : [.. known, finding];
        var rank = all.Max(Rank);
        var strongest = all.Where(f => Rank(f) == rank).ToList();
        if (strongest.Select(f => f.Language).Distinct().Count() == 1)
            return strongest[0].Language == finding.Language ? finding : Judged(finding, As(strongest[0], verdict));
        var other = strongest.First(f => f.Language != finding.Language);
        var why =
            $"{other.Workload.Place.File} describes the same and says {other.Language.Word()} ({other.Main.Verdict.Why}), "
            + $"this file {finding.Language.Word()} ({verdict.Why})";
        return Judged(finding, verdict with { Language = RuntimeLanguage.Unknown, Why = why, Sort = null });
    }

    private static LanguageVerdict As(WorkloadFinding other, LanguageVerdict own) =>
        other.Main.Verdict with
        {
            Why = $"{other.Workload.Place.File} describes the same: {other.Main.Verdict.Why}",
            IsMusl = own.IsMusl ?? other.Main.Verdict.IsMusl,
        };

    /// <summary>Files of one kind beside each other are laid over each other: what one traces, the other must not trace again.</summary>
    private static WorkloadFinding Traced(WorkloadFinding finding, List<WorkloadFinding> others)
    {
        var traced = others.FirstOrDefault(f => f.Workload.Kind == finding.Workload.Kind && f.Main.Tracing.IsTraced);
        if (traced is null || finding.Main.Tracing.IsTraced)
            return finding;
        var tracing = traced.Main.Tracing with { Evidence = $"{traced.Main.Tracing.Evidence} ({traced.Workload.Place.File})" };
        var main = finding.Main with { Tracing = tracing };
        return finding with
        {
            Main = main with { Routes = RouteChoice.Of(finding.Workload, main.Container, main.Verdict, tracing, sources: null) },
        };
    }

    private static EvidenceRank Rank(WorkloadFinding finding) =>
        finding.Main.Verdict.Evidence.Select(e => e.Rank).DefaultIfEmpty(EvidenceRank.Name).Max();

    private static WorkloadFinding Judged(WorkloadFinding finding, LanguageVerdict verdict) =>
        finding with
        {
            Main = finding.Main with
            {
                Verdict = verdict,
                Routes = RouteChoice.Of(finding.Workload, finding.Main.Container, verdict, finding.Main.Tracing, sources: null),
            },
        };
}
