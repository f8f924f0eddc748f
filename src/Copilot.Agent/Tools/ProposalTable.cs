using System.Text.Json.Nodes;
using Copilot.Incidents.Proposals;

namespace Copilot.Agent.Tools;

/// <summary>The preview of an incident as a model reads it: who would come and why, never how to reach them, and nothing that could confirm it.</summary>
internal static class ProposalTable
{
    private const int Most = 10;

    public static string Of(IncidentProposal proposal) => ToolResult.Of(new JsonObject
    {
        ["status"] = "ok",
        ["created"] = false,
        ["data"] = new JsonObject
        {
            ["quotedTitle"] = SpanTable.Quoted(proposal.Title),
            ["severity"] = proposal.Severity,
            ["causes"] = new JsonArray([.. proposal.Causes.Take(Most).Select(cause => (JsonNode)new JsonObject
            {
                ["service"] = cause.Service, ["role"] = "cause", ["operation"] = cause.Operation is null ? null : SpanTable.Quoted(cause.Operation),
                ["score"] = Math.Round(cause.Score, 4), ["quotedWhy"] = SpanTable.Quoted(cause.Why),
            })]),
            ["affected"] = new JsonArray([.. proposal.Affected.Take(Most).Select(service => (JsonNode)new JsonObject
            {
                ["service"] = service.Service, ["requests"] = service.Requests, ["errorRate"] = service.ErrorRate, ["p95Ms"] = service.P95Ms,
                ["before"] = new JsonObject { ["errorRate"] = service.ErrorRateBefore, ["p95Ms"] = service.P95MsBefore },
            })]),
            ["invitees"] = new JsonArray([.. proposal.Invitees.Take(Most).Select(invitee => (JsonNode)new JsonObject
            {
                ["name"] = SpanTable.Quoted(invitee.Name), ["team"] = SpanTable.Quoted(invitee.Team), ["quotedWhy"] = SpanTable.Quoted(invitee.Why),
            })]),
            ["runbook"] = proposal.Runbook is null ? null : SpanTable.Quoted(proposal.Runbook),
            ["existing"] = proposal.Existing is not null,
        },
        ["shown"] = FormattableString.Invariant($"{Math.Min(proposal.Invitees.Count, Most)} of {proposal.Invitees.Count} invitees"),
    });
}
