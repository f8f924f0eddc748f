using System.Globalization;
using System.Text;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Ownership.Catalog;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Guide;

/// <summary>Writes the guide of one incident from its figures, the runbook that fits and what the kind of cause knows. No model is
/// asked.</summary>
internal static class GuideWriter
{
    public static GuideDocument Write(
        WindowDiagnosis diagnosis,
        Runbook? runbook,
        IReadOnlyList<string> unowned,
        IReadOnlyList<string> channels
    ) =>
        GuideDocument.Of(
            diagnosis.Causes.Count == 0 && diagnosis.Affected.Count == 0
                ? Nothing(diagnosis, runbook)
                : Trouble(diagnosis, runbook, unowned, channels)
        );

    /// <summary>The traces that the guide links to.</summary>
    public static IReadOnlyList<string> TracesOf(WindowDiagnosis diagnosis) =>
        [
            .. diagnosis
                .Causes.SelectMany(cause => cause.TraceIds)
                .Where(id => id.Length == 32 && id.All(char.IsAsciiHexDigit))
                .Distinct(StringComparer.Ordinal)
                .Take(GuideThresholds.MostTraces),
        ];

    private static IEnumerable<GuideSection> Nothing(WindowDiagnosis diagnosis, Runbook? runbook)
    {
        var text = Invariant(
            $"Nothing is clearly worse than before between {Clock(diagnosis.Window.From)} and {Clock(diagnosis.Window.To)} UTC.\n\n"
        );
        if (diagnosis.OnlyTrafficGrew)
        {
            var where = diagnosis.Busy.Count > 0 ? $" at {List(diagnosis.Busy.Select(busy => busy.Service))}" : "";
            text += $"Traffic grew{where}; that alone is no fault.\n\n";
        }

        yield return new GuideSection { Text = text };
        if (runbook is not null)
            yield return FromRunbook(runbook);
    }

    private static IEnumerable<GuideSection> Trouble(
        WindowDiagnosis diagnosis,
        Runbook? runbook,
        IReadOnlyList<string> unowned,
        IReadOnlyList<string> channels
    )
    {
        yield return new GuideSection { Heading = "What is broken", Text = Broken(diagnosis) };
        yield return new GuideSection
        {
            Heading = "Likely cause",
            Text = diagnosis.Causes is [var cause, ..]
                ? Cause(cause)
                : "No cause stands out. Look at the affected services that call no other affected service first.\n",
        };
        yield return new GuideSection { Heading = GuideSection.First, Steps = [.. diagnosis.Causes.Take(1).SelectMany(FirstSteps.For)] };
        if (runbook is not null)
            yield return FromRunbook(runbook);
        yield return new GuideSection
        {
            Heading = GuideSection.Recovery,
            Steps =
            [
                .. RecoveryCheck.Of(diagnosis).Select(check => new GuideStep($"{check.Text}: {Hostile.Code(check.Query)}", null, null)),
            ],
        };
        if (diagnosis.Suspects.Count > 0)
        {
            var suspects = diagnosis
                .Suspects.Take(GuideThresholds.MostSuspects)
                .Select(suspect => $"{Hostile.Code(suspect.Service)} ({Hostile.Markdown(suspect.Why, 160)})");
            yield return new GuideSection { Heading = "If that does not help", Text = $"Look next at {string.Join("; ", suspects)}.\n" };
        }

        yield return new GuideSection { Heading = GuideSection.Tell, Text = Tell(diagnosis, unowned, channels) };
        var traces = TracesOf(diagnosis);
        if (traces.Count > 0)
            yield return new GuideSection { Heading = "Traces", Text = string.Concat(traces.Select(id => $"- [{id}](/trace/{id})\n")) };
    }

    private static string Broken(WindowDiagnosis diagnosis)
    {
        var text = new StringBuilder();
        text.Append(Invariant($"From {Clock(diagnosis.Window.From)} to {diagnosis.Window.To.UtcDateTime:HH:mm:ss} UTC"));
        text.Append(
            diagnosis.Baseline is { } before
                ? Invariant($", against {before.From.UtcDateTime:HH:mm:ss} to {before.To.UtcDateTime:HH:mm:ss} UTC before.\n\n")
                : ".\n\n"
        );
        foreach (var service in diagnosis.Affected.Take(GuideThresholds.MostAffected))
            text.Append("- ").Append(Figures(service)).Append('\n');
        if (diagnosis.Affected.Count > GuideThresholds.MostAffected)
            text.Append(Invariant($"- and {diagnosis.Affected.Count - GuideThresholds.MostAffected} more services\n"));
        return text.ToString();
    }

    private static string Cause(DiagnosedCause cause)
    {
        var text = new StringBuilder();
        text.Append("**").Append(Hostile.Code(cause.Service)).Append("**");
        if (cause.Operation is { } operation)
            text.Append(", ").Append(Hostile.Code(operation));
        text.Append(cause.Confidence is { } confidence ? Invariant($" (confidence {confidence * 100:0} %)") : "")
            .Append(": ")
            .Append(Hostile.Markdown(cause.Why))
            .Append('\n');
        // The sentence above holds the most telling claims already.
        foreach (
            var claim in cause
                .Evidence.Where(claim => !cause.Why.Contains(claim, StringComparison.Ordinal))
                .Take(GuideThresholds.MostEvidence)
        )
            text.Append("- ").Append(Hostile.Markdown(claim, 300)).Append('\n');
        if (cause.Change is { } change)
        {
            text.Append(
                Invariant($"- {change.Time.UtcDateTime:HH:mm:ss} UTC, {Hostile.Markdown(change.Kind, 40)}: {Hostile.Code(change.Summary)}")
            );
            text.Append(change.Author is null ? "\n" : $", by {Hostile.Code(change.Author)}\n");
        }

        if (cause.ErrorTexts.Count > 0)
            text.Append("- errors seen: ")
                .Append(string.Join(", ", cause.ErrorTexts.Take(GuideThresholds.MostErrorTexts).Select(error => Hostile.Code(error, 120))))
                .Append('\n');
        return text.ToString();
    }

    private static GuideSection FromRunbook(Runbook runbook)
    {
        var steps = new[] { runbook.Section(RunbookSectionKind.Check), runbook.Section(RunbookSectionKind.Act) }
            .OfType<RunbookSection>()
            .SelectMany(section =>
                (section.Steps.Count > 0 ? section.Steps : [section.Text.Split("\n\n")[0]])
                    .Take(GuideThresholds.MostSteps)
                    .Select(step => new GuideStep(RunbookText.Of(step), null, Source(runbook, section)))
            )
            .ToList();
        return new GuideSection
        {
            Heading = $"From the runbook {Hostile.Code(runbook.FileName)}: {Hostile.Markdown(runbook.Title)}",
            Level = 3,
            Text = steps.Count > 0 ? "" : "None of its headings says what is to be done: read the runbook itself.\n",
            Steps = steps,
        };
    }

    private static string Source(Runbook runbook, RunbookSection section) =>
        Hostile.Line(runbook.FileName, 80) + (section.Heading.Length == 0 ? "" : $", {Hostile.Line(section.Heading, 40)}");

    private static string Tell(WindowDiagnosis diagnosis, IReadOnlyList<string> unowned, IReadOnlyList<string> channels)
    {
        var text = new StringBuilder();
        if (channels.Count > 0)
            text.Append("In ").Append(string.Join(", ", channels.Select(channel => Hostile.Code(channel, 80)))).Append(":\n\n");
        var what = diagnosis.Affected.Any(service => service.Failing) ? "failing requests" : "slow requests";
        text.Append(
            Invariant($"> Since {Clock(diagnosis.Window.From)} UTC we see {what} in ")
                + Invariant($"{List(diagnosis.Affected.Take(GuideThresholds.MostInUpdate).Select(service => service.Service))}. ")
        );
        text.Append(
                diagnosis.Causes is [var cause, ..] ? $"We look at {Hostile.Code(cause.Service)} first. " : "We are looking for the cause. "
            )
            .Append("Next word in 30 minutes.\n");
        foreach (var service in unowned)
            text.Append("\nNobody owns ").Append(service).Append('\n');
        return text.ToString();
    }

    private static string Figures(ServiceImpact service)
    {
        var parts = new List<string>();
        if (service.Failing)
            parts.Add(
                Invariant($"{Quantity.Percent(service.ErrorRate)} of {service.Requests} requests failed (before: ")
                    + Invariant($"{Quantity.Percent(service.ErrorRateBefore)})")
            );
        if (service.Slow)
            parts.Add(Invariant($"p95 {Quantity.Duration(service.P95Ms)} (before: {Quantity.Duration(service.P95MsBefore)})"));
        return $"{Hostile.Code(service.Service)}: "
            + $"{(parts.Count > 0 ? string.Join(", ", parts) : Invariant($"clearly worse in {service.Requests} requests"))}";
    }

    private static string List(IEnumerable<string> services) => string.Join(", ", services.Select(service => Hostile.Code(service)));

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
