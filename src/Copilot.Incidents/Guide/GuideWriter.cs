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
    private const int MostAffected = 8;

    public static string Write(WindowDiagnosis diagnosis, Runbook? runbook, IReadOnlyList<string> unowned, IReadOnlyList<string> channels)
    {
        var text = new StringBuilder();
        if (diagnosis.Causes.Count == 0 && diagnosis.Affected.Count == 0)
            WriteNothing(text, diagnosis, runbook);
        else
            WriteTrouble(text, diagnosis, runbook, unowned, channels);
        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>The traces that the guide links to.</summary>
    public static IReadOnlyList<string> TracesOf(WindowDiagnosis diagnosis) =>
        [
            .. diagnosis
                .Causes.SelectMany(cause => cause.TraceIds)
                .Where(id => id.Length == 32 && id.All(char.IsAsciiHexDigit))
                .Distinct(StringComparer.Ordinal)
                .Take(5),
        ];

    private static void WriteNothing(StringBuilder text, WindowDiagnosis diagnosis, Runbook? runbook)
    {
        text.Append(
            Invariant(
                $"Nothing is clearly worse than before between {Clock(diagnosis.Window.From)} and {Clock(diagnosis.Window.To)} UTC.\n\n"
            )
        );
        if (diagnosis.OnlyTrafficGrew)
            text.Append(
                Invariant(
                    $"Traffic grew{(diagnosis.Busy.Count > 0 ? $" at {List(diagnosis.Busy.Select(busy => busy.Service))}" : "")}; that alone is no fault.\n\n"
                )
            );
        if (runbook is not null)
            WriteRunbook(text, runbook);
    }

    private static void WriteTrouble(
        StringBuilder text,
        WindowDiagnosis diagnosis,
        Runbook? runbook,
        IReadOnlyList<string> unowned,
        IReadOnlyList<string> channels
    )
    {
        text.Append(
            Invariant($"## What is broken\n\nFrom {Clock(diagnosis.Window.From)} to {diagnosis.Window.To.UtcDateTime:HH:mm:ss} UTC")
        );
        text.Append(
            diagnosis.Baseline is { } before
                ? Invariant($", against {before.From.UtcDateTime:HH:mm:ss} to {before.To.UtcDateTime:HH:mm:ss} before.\n\n")
                : ".\n\n"
        );
        foreach (var service in diagnosis.Affected.Take(MostAffected))
            text.Append("- ").Append(Figures(service)).Append('\n');
        if (diagnosis.Affected.Count > MostAffected)
            text.Append(Invariant($"- and {diagnosis.Affected.Count - MostAffected} more services\n"));

        text.Append("\n## Likely cause\n\n");
        if (diagnosis.Causes is [var cause, ..])
            WriteCause(text, cause);
        else
            text.Append("No cause stands out. Look at the affected services that call no other affected service first.\n");

        text.Append("\n## Do first\n\n");
        var steps = diagnosis.Causes.Take(1).SelectMany(FirstSteps.For).ToArray();
        foreach (var step in steps)
        {
            text.Append("- [ ] ").Append(step.Text).Append(" *(").Append(step.Source).Append(")*\n");
            if (step.Command is not null)
                text.Append("  ```\n  ").Append(step.Command).Append("\n  ```\n");
        }

        if (runbook is not null)
            WriteRunbook(text, runbook);
        WriteVerify(text, diagnosis);
        if (diagnosis.Suspects.Count > 0)
        {
            text.Append("\n## If that does not help\n\nLook next at ");
            text.Append(
                    string.Join(
                        "; ",
                        diagnosis
                            .Suspects.Take(3)
                            .Select(suspect => $"{Hostile.Code(suspect.Service)} ({Hostile.Markdown(suspect.Why, 160)})")
                    )
                )
                .Append(".\n");
        }

        WriteTell(text, diagnosis, unowned, channels);
        WriteTraces(text, diagnosis);
    }

    private static void WriteCause(StringBuilder text, DiagnosedCause cause)
    {
        text.Append(
            Invariant(
                $"**{Hostile.Code(cause.Service)}**{(cause.Operation is null ? "" : $", {Hostile.Code(cause.Operation)}")}{(cause.Confidence is null ? "" : " ")}"
            )
        );
        text.Append(cause.Confidence is { } confidence ? Invariant($"(confidence {confidence * 100:0} %)") : "")
            .Append(": ")
            .Append(Hostile.Markdown(cause.Why))
            .Append('\n');
        // The sentence above holds the most telling claims already.
        foreach (var claim in cause.Evidence.Where(claim => !cause.Why.Contains(claim, StringComparison.Ordinal)).Take(6))
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
                .Append(string.Join(", ", cause.ErrorTexts.Take(3).Select(error => Hostile.Code(error, 120))))
                .Append('\n');
    }

    private static void WriteRunbook(StringBuilder text, Runbook runbook)
    {
        var act = runbook.Section(RunbookSectionKind.Act);
        var check = runbook.Section(RunbookSectionKind.Check);
        text.Append(Invariant($"\n### From the runbook {Hostile.Code(runbook.FileName)}: {Hostile.Markdown(runbook.Title)}\n\n"));
        foreach (var section in new[] { check, act }.OfType<RunbookSection>())
        {
            var steps = section.Steps.Count > 0 ? section.Steps : [section.Text.Split("\n\n")[0]];
            foreach (var step in steps.Take(10))
                text.Append("- [ ] ")
                    .Append(RunbookText.Of(step))
                    .Append(Invariant($" *({Hostile.Line(runbook.FileName, 80)}, {Hostile.Line(section.Heading, 40)})*\n"));
        }
    }

    private static void WriteVerify(StringBuilder text, WindowDiagnosis diagnosis)
    {
        text.Append("\n## It worked when\n\n");
        foreach (var check in RecoveryCheck.Of(diagnosis))
            text.Append(Invariant($"- [ ] {check.Text}: {Hostile.Code(check.Query)}\n"));
    }

    private static void WriteTell(
        StringBuilder text,
        WindowDiagnosis diagnosis,
        IReadOnlyList<string> unowned,
        IReadOnlyList<string> channels
    )
    {
        text.Append("\n## Tell\n\n");
        if (channels.Count > 0)
            text.Append("In ").Append(string.Join(", ", channels.Select(channel => Hostile.Code(channel, 80)))).Append(":\n\n");
        var what = diagnosis.Affected.Any(service => service.Failing) ? "failing requests" : "slow requests";
        text.Append(
            Invariant(
                $"> Since {Clock(diagnosis.Window.From)} UTC we see {what} in {List(diagnosis.Affected.Take(5).Select(service => service.Service))}. "
            )
        );
        text.Append(
                diagnosis.Causes is [var cause, ..] ? $"We look at {Hostile.Code(cause.Service)} first. " : "We are looking for the cause. "
            )
            .Append("Next word in 30 minutes.\n");
        foreach (var service in unowned)
            text.Append("\nNobody owns ").Append(service).Append('\n');
    }

    private static void WriteTraces(StringBuilder text, WindowDiagnosis diagnosis)
    {
        var traces = TracesOf(diagnosis);
        if (traces.Count > 0)
            text.Append("\n## Traces\n\n").Append(string.Concat(traces.Select(id => $"- [{id}](/trace/{id})\n")));
    }

    private static string Figures(ServiceImpact service)
    {
        var parts = new List<string>();
        if (service.Failing)
            parts.Add(
                Invariant(
                    $"{Quantity.Percent(service.ErrorRate)} of {service.Requests} requests failed (before: {Quantity.Percent(service.ErrorRateBefore)})"
                )
            );
        if (service.Slow)
            parts.Add(Invariant($"p95 {Quantity.Duration(service.P95Ms)} (before: {Quantity.Duration(service.P95MsBefore)})"));
        return $"{Hostile.Code(service.Service)}: {(parts.Count > 0 ? string.Join(", ", parts) : Invariant($"clearly worse in {service.Requests} requests"))}";
    }

    private static string List(IEnumerable<string> services) => string.Join(", ", services.Select(service => Hostile.Code(service)));

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>One thing to do.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="Command">Text to copy; never run by the product. Null where telemetry does not hold what it needs.</param>
/// <param name="Source">Where the step comes from: a runbook's file name, or the kind of cause.</param>
public sealed record GuideStep(string Text, string? Command, string Source);
