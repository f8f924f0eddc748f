using System.Text.Json.Nodes;
using Copilot.Incidents.Guide;
using Copilot.Models.Audit;
using Copilot.Ownership.Catalog;

namespace Copilot.Models.Tools;

/// <summary>Runbooks as a model reads them: their text is quoted, whoever may write to the catalogue.</summary>
internal static class RunbookTable
{
    public static async Task<ToolResult> SearchAsync(IRunbooks runbooks, string query, string service, CancellationToken cancellationToken)
    {
        var all = await runbooks.AllAsync(cancellationToken);
        IReadOnlyList<Runbook> about =
            service.Length == 0 ? all : [.. all.Where(runbook => runbook.Services.Contains(service, StringComparer.OrdinalIgnoreCase))];
        IReadOnlyList<Runbook> found = query.Length == 0 ? about : [.. new RunbookIndex(about).Search(query).Select(hit => hit.Runbook)];
        if (found.Count == 0)
            return ToolResult.None(
                all.Count == 0 ? "No runbook was handed in." : "No runbook fits; search for other words, or leave the service out."
            );
        return ToolResult.List(
            "runbooks",
            [.. found.Take(ToolThresholds.Runbooks).Select(Shown)],
            found.Count,
            "narrow by service or by more words"
        );
    }

    private static JsonNode Shown(Runbook runbook) =>
        new JsonObject
        {
            ["runbook"] = KnownText.Leaf(SpanTable.Quoted(runbook.FileName), KnownAs.Document),
            ["quotedTitle"] = SpanTable.Quoted(runbook.Title),
            ["quotedServices"] = Lines(runbook.Services),
            ["quotedSymptoms"] = Lines(runbook.Symptoms),
            ["quotedChecks"] = Lines(runbook.Section(RunbookSectionKind.Check)?.Steps ?? []),
            ["quotedSteps"] = Lines(runbook.Section(RunbookSectionKind.Act)?.Steps ?? []),
        };

    private static JsonArray Lines(IEnumerable<string> lines) =>
        new([.. lines.Take(ToolThresholds.RunbookLines).Select(line => (JsonNode)SpanTable.Quoted(line))]);
}
