using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Copilot.Instrument.Routes;

namespace Copilot.Instrument.Scanning;

/// <summary>A scan as people and programs read it.</summary>
public static class ScanReport
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static string ToJson(ScanResult scan) =>
        JsonSerializer.Serialize(
            new
            {
                scan.Files,
                Workloads = scan.Findings.Select(ToRow),
                Notes = scan.Notes.Select(note => note.ToString()),
            },
            Json
        ) + "\n";

    public static string ToText(ScanResult scan)
    {
        var text = new StringBuilder(Summary(scan)).Append('\n');
        foreach (var finding in scan.Findings)
        {
            text.Append('\n')
                .Append(Plain($"{finding.Workload.Title}  {finding.Language.Word()}{Extra(finding)}  ({finding.Workload.Place})"))
                .Append('\n');
            text.Append(Plain($"  because  {finding.Main.Verdict.Why}")).Append('\n');
            if (finding.Main.Tracing.By is { } by)
                text.Append(Plain($"  traced   by {by}: {finding.Main.Tracing.Evidence}")).Append('\n');
            text.Append(Plain($"  how      {Told(finding.Route)}")).Append('\n');
            foreach (var other in finding.Main.Routes.Skip(1))
                text.Append(Plain($"  or       {Told(other)}")).Append('\n');
            foreach (var warning in finding.Route.Warnings)
                text.Append(Plain($"  note     {warning}")).Append('\n');
            foreach (var other in finding.Others)
                text.Append(
                        Plain(
                            $"  beside   {other.Container.Name}: {other.Verdict.Sort ?? other.Verdict.Language.Word()}, {other.Verdict.Why}"
                        )
                    )
                    .Append('\n');
        }

        foreach (var note in scan.Notes)
            text.Append('\n').Append(Plain($"note: {note}"));
        return text.Append(scan.Notes.Count > 0 ? "\n" : "").ToString();
    }

    public static string ToMarkdown(ScanResult scan)
    {
        var text = new StringBuilder(Summary(scan)).Append(
            "\n\n| workload | language | traced by | how | because |\n| --- | --- | --- | --- | --- |\n"
        );
        foreach (var finding in scan.Findings)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {Cell(finding.Workload.Title)} | {finding.Language.Word()}{Extra(finding)} | "
                    + $"{Cell(finding.Main.Tracing.By ?? "nothing")} "
                    + $"| {finding.Route.Kind.Word()} | {Cell(finding.Main.Verdict.Why)} |\n"
            );
        foreach (var note in scan.Notes)
            text.Append(CultureInfo.InvariantCulture, $"\n- {Cell(note.ToString())}");
        return text.Append(scan.Notes.Count > 0 ? "\n" : "").ToString();
    }

    /// <summary>What a terminal may show of a stranger's text: no control characters, no escape sequences.</summary>
    public static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    internal static string Cell(string text) =>
        Plain(text).Replace("\\", "\\\\").Replace("|", "\\|").Replace("<", "&lt;").Replace("`", "'").Replace("[", "\\[");

    internal static string Summary(ScanResult scan)
    {
        var findings = scan.Findings;
        var own = findings.Count(f => f.Language is not RuntimeLanguage.Infrastructure);
        var traced = findings.Count(f => f.Route.Kind == RouteKind.AlreadyTraced);
        var languages = string.Join(
            ", ",
            findings
                .Where(f => f.Language is not RuntimeLanguage.Infrastructure)
                .GroupBy(f => f.Language.Word())
                .OrderByDescending(group => group.Count())
                .Select(group => $"{group.Key} {group.Count()}")
        );
        return $"{Count(findings.Count, "workload")} in {Count(scan.Files, "file")}: {own} with code of your own"
            + (languages.Length > 0 ? $" ({languages})" : "")
            + $", {findings.Count - own} off the shelf; {traced} traced already.";
    }

    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number:N0} {noun}s";

    private static string Extra(WorkloadFinding finding) =>
        finding.Main.Verdict.Sort is { } sort ? $", {sort}"
        : finding.Main.Verdict.IsMusl == true ? ", musl"
        : "";

    private static string Told(InstrumentationRoute route) =>
        $"{route.Kind.Word()}: {route.Reason}" + (route.Cost is null ? "" : $"; costs {route.Cost}");

    private static object ToRow(WorkloadFinding finding) =>
        new
        {
            finding.Workload.Name,
            Kind = finding.Workload.Kind.ToString(),
            finding.Workload.Namespace,
            finding.Workload.Place.File,
            finding.Workload.Place.Line,
            Container = finding.Main.Container.Name,
            Image = finding.Main.Container.Image?.Text,
            Language = finding.Language.Word(),
            finding.Main.Verdict.Sort,
            Libc = finding.Main.Verdict.IsMusl switch
            {
                true => "musl",
                false => "glibc",
                _ => null,
            },
            finding.Main.Verdict.Executable,
            Because = finding.Main.Verdict.Why,
            Evidence = finding.Main.Verdict.Evidence.Select(e => new
            {
                Language = e.Language.Word(),
                Rank = e.Rank.ToString().ToLowerInvariant(),
                e.Says,
            }),
            TracedBy = finding.Main.Tracing.By,
            TracedEvidence = finding.Main.Tracing.Evidence,
            Routes = finding.Main.Routes.Select(route => new
            {
                How = route.Kind.Word(),
                route.Reason,
                route.Cost,
                route.Warnings,
            }),
            Others = finding.Others.Select(other => new
            {
                other.Container.Name,
                Language = other.Verdict.Language.Word(),
                other.Verdict.Sort,
                Because = other.Verdict.Why,
            }),
            finding.Workload.LeftAlone,
        };
}
