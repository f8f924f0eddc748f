using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Ownership.Catalog;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Records;

/// <summary>Which runbooks were handed in, and what they say to do. All of their text is quoted.</summary>
internal sealed class RunbookAnswers(IRunbooks runbooks) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Runbooks];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var names = inquiry.Plan.Services.Select(service => service.Name).ToList();
        var of = names.Count == 0 ? string.Empty : $" about {AnswerWords.Names(names)}";
        var all = 0;
        var read = await inquiry.ReadAsync(
            names.Count == 0 ? "runbooks" : $"runbooks about {string.Join(", ", names)}",
            new TimeWindow(inquiry.AsOf, inquiry.AsOf),
            async () =>
            {
                var known = await runbooks.AllAsync(cancellationToken);
                all = known.Count;
                return names.Count == 0
                    ? known
                    : [.. known.Where(runbook => runbook.Services.Intersect(names, StringComparer.OrdinalIgnoreCase).Any())];
            },
            found => found.Count
        );
        var suggestions = names.Count == 0 ? [] : new[] { $"what is wrong with {names[0]}?", $"who owns {names[0]}?" };
        if (read.Value.Count == 0)
            return AnswerDraft.NoData(
                all == 0 ? "**No runbook was handed in.**" : $"**None of the {Quantity.Count(all, "runbook", "runbooks")} is{of}.**"
            ) with
            {
                Suggestions = suggestions,
            };
        inquiry.Claim(read.Query, $"{Quantity.Count(read.Value.Count, "runbook", "runbooks")}{of}");
        return new AnswerDraft
        {
            Result = new TableResult(
                [new TableColumn("runbook"), new TableColumn("title"), new TableColumn("services")],
                [.. read.Value.Select(runbook => new object?[] { runbook.FileName, runbook.Title, string.Join(", ", runbook.Services) })],
                read.Value.Count
            ),
            Text = Tell(read.Value, of),
            Suggestions = suggestions,
        };
    }

    private static string Tell(IReadOnlyList<Runbook> found, string of)
    {
        var listed = found.Take(AnswerLengthThresholds.Lines).Select(Titled).ToList();
        if (found.Count > 1)
            return $"{Quantity.Count(found.Count, "runbook is", "runbooks are")} on record{of}:\n\n"
                + string.Join("\n", listed.Select(line => $"- {line}"))
                + (found.Count > listed.Count ? $"\n- and {Quantity.Count(found.Count - listed.Count)} more" : string.Empty);
        var steps = found[0].Section(RunbookSectionKind.Act)?.Steps ?? [];
        return $"Yes, one runbook is on record{of}: {listed[0]}."
            + (
                steps.Count == 0
                    ? string.Empty
                    : "\n\nIt says to:\n"
                        + string.Join("\n", steps.Take(AnswerLengthThresholds.Lines).Select(step => $"- {Hostile.Markdown(step, 200)}"))
            );
    }

    private static string Titled(Runbook runbook) => $"**{Hostile.Markdown(runbook.Title, 120)}** ({AnswerWords.Name(runbook.FileName)})";
}
