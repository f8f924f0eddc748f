using Copilot.Diagnosis.Diagnoses;
using Copilot.Ownership.Catalog;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Guide;

/// <summary>
/// Which runbook is about this trouble: by service first, then by what it looks like. One that is about another service, or about
/// another kind of trouble of the same service, does not fit, however many words it shares.
/// </summary>
public static class RunbookFit
{
    /// <summary>Best first; empty where none fits.</summary>
    /// <param name="namesOf">All names of a service: as sent, and in the catalogue.</param>
    public static IReadOnlyList<RunbookMatch> Rank(
        IReadOnlyList<Runbook> runbooks,
        WindowDiagnosis diagnosis,
        Func<string, IReadOnlyList<string>> namesOf
    )
    {
        if (diagnosis.Causes is not [var cause, ..])
            return diagnosis.OnlyTrafficGrew ? ForTraffic(runbooks, diagnosis, namesOf) : [];
        var names = Names(namesOf, [cause.Service]);
        var seenAt = cause.SeenAt is null ? [] : Names(namesOf, [cause.SeenAt]);
        var kinds = Kinds(diagnosis, cause);
        var words = string.Join(' ', Words(cause, kinds));
        var likeness = new RunbookIndex(runbooks).Search(words).ToDictionary(hit => hit.Runbook, hit => hit.Score);
        var most = likeness.Count == 0 ? 1 : Math.Max(likeness.Values.Max(), 1);
        var own = SymptomWords.Of(words).ToHashSet(StringComparer.Ordinal);
        // What a service is called says which service, not what ails it.
        own.ExceptWith(names.Concat(seenAt).SelectMany(SymptomWords.Of));

        var matches = new List<RunbookMatch>();
        foreach (var runbook in runbooks)
        {
            var (about, why) = About(runbook, names, seenAt);
            if (about == 0)
                continue;
            var stems = Described(runbook);
            var kindHits = kinds.Max(kind => SymptomWords.Hits(kind, stems));
            var shared = own.Count(stems.Contains);
            if (stems.Count > 0 && kindHits + shared == 0)
                continue;
            var score =
                about
                + (Math.Min(kindHits, RunbookThresholds.MostKindHits) / (double)RunbookThresholds.MostKindHits)
                + (RunbookThresholds.Likeness * likeness.GetValueOrDefault(runbook) / most);
            matches.Add(new RunbookMatch(runbook, score, $"{why}, and its symptoms go with {cause.Kind.Word()}"));
        }

        return [.. matches.OrderByDescending(match => match.Score).ThenBy(match => match.Runbook.Path, StringComparer.Ordinal)];
    }

    private static List<RunbookMatch> ForTraffic(
        IReadOnlyList<Runbook> runbooks,
        WindowDiagnosis diagnosis,
        Func<string, IReadOnlyList<string>> namesOf
    )
    {
        var names = Names(namesOf, diagnosis.Busy.Select(service => service.Service));
        return
        [
            .. runbooks
                .Where(runbook => runbook.Services.Count == 0 || runbook.Services.Any(names.Contains))
                .Select(runbook =>
                    (
                        Runbook: runbook,
                        Hits: SymptomWords.Hits(CauseKind.Traffic, Described(runbook)),
                        Titled: SymptomWords.Hits(CauseKind.Traffic, SymptomWords.Of(runbook.Title).ToHashSet(StringComparer.Ordinal))
                    )
                )
                .Where(item => item.Titled > 0 || item.Hits > 1)
                .OrderByDescending(item => item.Hits + item.Titled)
                .ThenBy(item => item.Runbook.Path, StringComparer.Ordinal)
                .Select(item => new RunbookMatch(item.Runbook, item.Hits + item.Titled, "it is about growing traffic")),
        ];
    }

    private static (double Score, string Why) About(Runbook runbook, HashSet<string> names, HashSet<string> seenAt)
    {
        if (runbook.Services.FirstOrDefault(names.Contains) is { } named)
            return (runbook.Services[0] == named ? RunbookThresholds.AboutFirst : RunbookThresholds.AboutOneOfAll, $"it is about {named}");
        if (runbook.Services.FirstOrDefault(seenAt.Contains) is { } at)
            return (RunbookThresholds.AboutWhereSeen, $"it is about {at}, where the trouble shows");
        if (runbook.Services.Count > 0)
            return (0, "");
        var title = $" {string.Join(' ', SymptomWords.Of($"{runbook.Title} {Path.GetFileNameWithoutExtension(runbook.FileName)}"))} ";
        var inTitle = names.FirstOrDefault(name =>
            title.Contains($" {string.Join(' ', SymptomWords.Of(name))} ", StringComparison.Ordinal)
        );
        return inTitle is null ? (0, "") : (RunbookThresholds.Titled, $"its title names {inTitle}");
    }

    private static HashSet<string> Described(Runbook runbook) =>
        SymptomWords
            .Of(
                string.Join(
                    ' ',
                    runbook
                        .Symptoms.Append(runbook.Title)
                        .Concat(runbook.Sections.Where(section => section.Kind == RunbookSectionKind.When).Select(section => section.Text))
                )
            )
            .ToHashSet(StringComparer.Ordinal);

    // A change is where it comes from; runbooks describe what it looks like.
    private static CauseKind[] Kinds(WindowDiagnosis diagnosis, DiagnosedCause cause)
    {
        if (cause.Kind != CauseKind.Change)
            return [cause.Kind];
        var health = diagnosis.Affected.FirstOrDefault(service =>
            service.Service.Equals(cause.Service, StringComparison.OrdinalIgnoreCase)
        );
        var looks = new List<CauseKind> { cause.Kind };
        if (health is null or { Failing: true })
            looks.Add(CauseKind.Errors);
        if (health is null or { Slow: true })
            looks.AddRange([CauseKind.Latency, CauseKind.Saturation]);
        return [.. looks];
    }

    private static IEnumerable<string> Words(DiagnosedCause cause, CauseKind[] kinds)
    {
        yield return cause.Operation ?? "";
        yield return cause.Why;
        yield return string.Join(' ', cause.Evidence.Concat(cause.ErrorTexts.Take(RunbookThresholds.MostErrorTexts)));
        yield return cause.SetApart is { } apart ? $"{apart.Key} {apart.Value}" : "";
        yield return cause.Change is { } change ? $"{change.Kind} {change.Summary}" : "";
        yield return string.Join(' ', kinds.SelectMany(SymptomWords.OfKind));
    }

    private static HashSet<string> Names(Func<string, IReadOnlyList<string>> namesOf, IEnumerable<string> services) =>
        services.SelectMany(namesOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A runbook that fits, and why.</summary>
public sealed record RunbookMatch(Runbook Runbook, double Score, string Why);
