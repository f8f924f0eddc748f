using System.ComponentModel;
using Copilot.Answers.Contract;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.TraceQL.Syntax;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>Tools for questions about what is wrong: causes, troubles, periods, what bad requests share, and the preview of an
/// incident.</summary>
/// <param name="answer">Answers a plan, and keeps the answer.</param>
internal sealed class TroubleTools(ToolArguments arguments, Func<QuestionPlan, CancellationToken, Task<Answer>> answer)
{
    [KernelFunction("diagnose")]
    [Description(
        "What is wrong, against the time before. cause: where it starts and why. affected: services worse off. involved: their owners. "
            + "troubles: each trouble of a long window with cause and end. period: when one began, peaked, ended, whether it lasts. "
            + "incident: a preview of title, severity, people; creates nothing."
    )]
    public async Task<ToolResult> DiagnoseAsync(
        [Description("cause, affected, involved, troubles, period or incident")] string what = "cause",
        [Description("Only about these")] string[]? services = null,
        string[]? operations = null,
        [Description("Start of the bad window")] string? from = null,
        string? to = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var asked = ToolArguments.OneOf(what, nameof(what), "cause", "affected", "involved", "troubles", "period", "incident");
        var kind = asked switch
        {
            "affected" => QuestionKind.Affected,
            "involved" => QuestionKind.Involved,
            "troubles" => QuestionKind.Summary,
            "period" => QuestionKind.Period,
            _ => QuestionKind.Cause,
        };
        var found = await answer(arguments.Plan(kind, services, operations, from, to), cancellationToken);
        return asked == "incident" && found.Proposal is { } proposal
            ? ProposalTable.Of(proposal)
            : ToolResult.Of(found, Page.Of(null, cursor));
    }

    [KernelFunction("what_differs")]
    [Description("Which attribute values set failed or slow requests apart from the good ones, by lift.")]
    public async Task<ToolResult> WhatDiffersAsync(
        [Description("failed or slow; by default what is clearly worse")] string? which = null,
        string[]? services = null,
        string[]? operations = null,
        [Description("Comparisons joined by &&, as for query")] string? where = null,
        [Description("Only this attribute")] string? attribute = null,
        string? from = null,
        string? to = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var fields = new KnownFields(arguments.Catalogue);
        var plan = arguments.Plan(QuestionKind.Breakdown, services, operations, from, to);
        var bad = ToolArguments.OneOf(which, nameof(which), "bad", "failed", "slow") switch
        {
            "failed" => BreakdownPopulation.Failed,
            "slow" => BreakdownPopulation.Slow,
            _ => BreakdownPopulation.Bad,
        };
        AttributeName[] named =
            string.IsNullOrWhiteSpace(attribute) ? []
            : fields.Operand(attribute, FramePopulation.Requests) is AttributeReference known
                ? [new AttributeName(known.Scope == AttributeScope.Any ? AttributeScope.Span : known.Scope, known.Name)]
            : throw new ArgumentException($"`{attribute}` is no attribute; find lists those there are.");
        return ToolResult.Of(
            await answer(
                plan with
                {
                    Conditions = where is { Length: > 0 }
                        ? PlainConditions.Of(fields.Condition(where, FramePopulation.Requests), plan.Services, fields)
                        : [],
                    Breakdown = new PlannedBreakdown(bad, named, named.Length > 0),
                },
                cancellationToken
            ),
            Page.Of(null, cursor)
        );
    }
}
