using System.ComponentModel;
using Copilot.Language.Questions;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>Logs, changes and owners.</summary>
internal sealed partial class InvestigationTools
{
    [KernelFunction("search_logs")]
    [Description("Searches log records.")]
    public Task<ToolResult> SearchLogsAsync(
        [Description("Text that the record contains; empty for any.")] string text = "",
        [Description("Least severityNumber; 17 is an error.")] int? minSeverity = null,
        [Description("list, count or services (who wrote them)")] string shape = "list",
        string[]? services = null,
        string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(QuestionKind.Logs, services, null, null, from, to) with
            {
                Logs = new LogSelection
                {
                    Text = text.Length > 0 ? text : null,
                    MinSeverity = minSeverity,
                    Shape = shape switch
                    {
                        "count" => LogShape.Count,
                        "services" => LogShape.Services,
                        _ => LogShape.List,
                    },
                },
            },
            cancellationToken
        );

    [KernelFunction("list_changes")]
    [Description("Lists deploys, rollbacks, flag flips and configuration changes.")]
    public Task<ToolResult> ListChangesAsync(
        [Description("deploy, rollback, flag, config; empty for all")] string[]? kinds = null,
        string[]? services = null,
        string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(QuestionKind.Changes, services, null, null, from, to) with
            {
                Changes = new ChangeSelection { Kinds = kinds ?? [] },
            },
            cancellationToken
        );

    [KernelFunction("owners")]
    [Description("The team that owns each service, its people, who is on call.")]
    public Task<ToolResult> OwnersAsync([Description("Service names.")] string[] services, CancellationToken cancellationToken = default) =>
        CarryOutAsync(_arguments.Plan(QuestionKind.Owners, services, null, null, null, null) with { OnCall = true }, cancellationToken);
}
