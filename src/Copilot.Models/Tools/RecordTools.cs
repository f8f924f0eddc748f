using System.ComponentModel;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Models.Audit;
using Copilot.Telemetry.Text;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>Changes, owners, names and runbooks, and TraceQL itself.</summary>
/// <param name="answer">Answers a plan, and keeps the answer.</param>
/// <param name="keep">Keeps an answer that no plan has.</param>
internal sealed class RecordTools(
    ToolSources sources,
    ToolArguments arguments,
    Func<QuestionPlan, CancellationToken, Task<Answer>> answer,
    Action<string> keep
)
{
    [KernelFunction("changes")]
    [Description(
        "Deploys, rollbacks, flag flips and configuration changes, newest first. Senders that record none may log them: query logs."
    )]
    public async Task<ToolResult> ChangesAsync(
        string[]? services = null,
        [Description("deploy, rollback, flag, config, …")] string[]? kinds = null,
        string? from = null,
        string? to = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) =>
        ToolResult.Of(
            await answer(
                arguments.Plan(QuestionKind.Changes, services, null, from, to) with
                {
                    Changes = new ChangeSelection { Kinds = kinds ?? [] },
                },
                cancellationToken
            ),
            Page.Of(null, cursor)
        );

    [KernelFunction("owners")]
    [Description("Who owns services: team, people, who is on call and next, channel. Or what teams own. Neither: every service.")]
    public async Task<ToolResult> OwnersAsync(
        string[]? services = null,
        string[]? teams = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        string[] named =
            services is { Length: > 0 } ? services
            : teams is { Length: > 0 } ? []
            : [.. arguments.Catalogue.Services.Where(service => service.Instrumented).Select(service => service.Name)];
        var plan = arguments.Plan(QuestionKind.Owners, named, null, null, null) with
        {
            OnCall = true,
            Teams = [.. (teams ?? []).Select(arguments.Team)],
        };
        var page = Page.Of(null, cursor);
        var found = await answer(plan, cancellationToken);
        return found.Result is OwnersResult all && services is not { Length: > 0 } && teams is not { Length: > 0 }
            ? ToolResult.Of(found with { Result = Brief(all), Text = string.Empty, Evidence = [] }, page)
            : ToolResult.Of(found, page);
    }

    // Of all services at once: those that nobody owns first, and of the others who is on call.
    private static OwnersResult Brief(OwnersResult all) =>
        new([
            .. all
                .Items.OrderBy(item => item.Team is not null)
                .Select(item =>
                    item with
                    {
                        People = [.. item.People.Where(person => person.OnCall).Select(person => person with { Contact = null })],
                        Source = null,
                    }
                ),
        ]);

    [KernelFunction("find")]
    [Description(
        "Names there are: services with their operations, attributes with values, metrics with units, teams, or runbooks by words."
    )]
    public async Task<ToolResult> FindAsync(
        [Description("services, attributes, metrics, teams or runbooks")] string what = "services",
        [Description("Part of a name or value; words of a runbook; empty: all")] string? text = null,
        [Description("Only of this service")] string? service = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var page = Page.Of(null, cursor);
        var names = new NameListing(
            arguments.Catalogue,
            text ?? string.Empty,
            string.IsNullOrEmpty(service) ? null : arguments.Service(service).Name
        );
        switch (ToolArguments.OneOf(what, nameof(what), "services", "attributes", "metrics", "teams", "runbooks"))
        {
            case "attributes":
                return names.Attributes(page);
            case "metrics":
                return names.Metrics(page);
            case "teams":
                return names.Teams(page);
            case "runbooks":
                var found = await RunbookTable.SearchAsync(
                    sources.Runbooks,
                    text ?? string.Empty,
                    service ?? string.Empty,
                    cancellationToken
                );
                Keep(found);
                return found;
            default:
                return names.Services(page);
        }
    }

    [KernelFunction("traceql")]
    [Description(
        "Runs a TraceQL query: structure ({A} > {B} child, >> descendant, ~ sibling, !>> not), spansets ({A} && {B}), pipelines "
            + "(| count() > 3), metrics (| rate() by (resource.service.name))."
    )]
    public async Task<ToolResult> TraceQlAsync(
        string query,
        string? from = null,
        string? to = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) =>
        ToolResult.Of(
            await answer(arguments.Plan(QuestionKind.SpanQuery, null, null, from, to) with { TraceQl = query }, cancellationToken),
            Page.Of(null, cursor)
        );

    private void Keep(ToolResult found)
    {
        var names = found.Tree["runbooks"]?.AsArray().Select(runbook => KnownText.Of(runbook!["runbook"])!.Value.Text).ToList() ?? [];
        keep(
            names.Count == 0
                ? "**No runbook** fits."
                : "Runbooks that fit:\n\n" + string.Join("\n", names.Select(name => "- " + Hostile.Code(name)))
        );
    }
}
