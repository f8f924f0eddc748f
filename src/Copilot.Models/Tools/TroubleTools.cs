using System.ComponentModel;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>Tools for questions about what is wrong: causes, and the preview of an incident.</summary>
/// <param name="answer">Answers a plan, and keeps the answer.</param>
internal sealed class TroubleTools(ToolArguments arguments, Func<QuestionPlan, CancellationToken, Task<Answer>> answer)
{
    [KernelFunction("find_cause")]
    [Description(
        "Compares every service with its baseline: the likely cause, who is affected, and a preview of an incident. Creates nothing."
    )]
    public async Task<ToolResult> FindCauseAsync(
        [Description("cause, affected or involved (whose owners should come)")] string what = "cause",
        string[]? services = null,
        [Description("RFC 3339 start of the bad window.")] string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        ToolResult.Of(
            await answer(
                arguments.Plan(
                    what switch
                    {
                        "affected" => QuestionKind.Affected,
                        "involved" => QuestionKind.Involved,
                        _ => QuestionKind.Cause,
                    },
                    services,
                    null,
                    null,
                    from,
                    to
                ),
                cancellationToken
            )
        );

    [KernelFunction("propose_incident")]
    [Description(
        "Previews an incident for a bad window: its title, severity, causes and whom it would bring together. It creates "
            + "nothing and calls nobody: only the person can, by a button."
    )]
    public async Task<ToolResult> ProposeIncidentAsync(
        [Description("RFC 3339 start of the bad window.")] string? from = null,
        [Description("RFC 3339 end, exclusive; default now.")] string? to = null,
        CancellationToken cancellationToken = default
    )
    {
        var found = await answer(arguments.Plan(QuestionKind.Cause, null, null, null, from, to), cancellationToken);
        return found.Proposal is { } proposal ? ProposalTable.Of(proposal) : ToolResult.Of(found);
    }
}
