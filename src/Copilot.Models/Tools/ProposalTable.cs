using System.Text.Json.Nodes;
using Copilot.Incidents.Proposals;
using Copilot.Models.Audit;
using Copilot.Telemetry.Text;

namespace Copilot.Models.Tools;

/// <summary>The preview of an incident as a model reads it: who would come and why, never how to reach them, and nothing that could confirm
/// it.</summary>
internal static class ProposalTable
{
    public static ToolResult Of(IncidentProposal proposal) =>
        ToolResult.Of(
            new JsonObject
            {
                ["status"] = KnownText.Leaf("ok", KnownAs.Word),
                ["created"] = false,
                ["data"] = new JsonObject
                {
                    ["quotedTitle"] = SpanTable.Quoted(proposal.Title),
                    ["severity"] = KnownText.Leaf(proposal.Severity.Word(), KnownAs.Word),
                    ["causes"] = new JsonArray([
                        .. proposal
                            .Causes.Take(ToolThresholds.ProposalParts)
                            .Select(cause =>
                                (JsonNode)
                                    new JsonObject
                                    {
                                        ["service"] = KnownText.Leaf(cause.Service, KnownAs.Service),
                                        ["role"] = KnownText.Leaf("cause", KnownAs.Word),
                                        ["operation"] = cause.Operation is null
                                            ? null
                                            : KnownText.Leaf(SpanTable.Quoted(cause.Operation), KnownAs.Operation),
                                        ["score"] = Math.Round(cause.Score, 4),
                                        ["quotedWhy"] = SpanTable.Quoted(cause.Why),
                                    }
                            ),
                    ]),
                    ["affected"] = new JsonArray([
                        .. proposal
                            .Affected.Take(ToolThresholds.ProposalParts)
                            .Select(service =>
                                (JsonNode)
                                    new JsonObject
                                    {
                                        ["service"] = KnownText.Leaf(service.Service, KnownAs.Service),
                                        ["requests"] = service.Requests,
                                        ["errorRate"] = service.ErrorRate,
                                        ["p95Ms"] = service.P95Ms,
                                        ["before"] = new JsonObject
                                        {
                                            ["errorRate"] = service.ErrorRateBefore,
                                            ["p95Ms"] = service.P95MsBefore,
                                        },
                                    }
                            ),
                    ]),
                    ["invitees"] = new JsonArray([
                        .. proposal
                            .Invitees.Take(ToolThresholds.ProposalParts)
                            .Select(invitee =>
                                (JsonNode)
                                    new JsonObject
                                    {
                                        ["name"] = KnownText.Leaf(SpanTable.Quoted(invitee.Name), KnownAs.Person),
                                        ["team"] = KnownText.Leaf(SpanTable.Quoted(invitee.Team), KnownAs.Team),
                                        ["quotedWhy"] = SpanTable.Quoted(invitee.Why),
                                    }
                            ),
                    ]),
                    ["runbook"] = proposal.Runbook is null ? null : KnownText.Leaf(SpanTable.Quoted(proposal.Runbook), KnownAs.Document),
                    ["existing"] = proposal.Existing is not null,
                },
                ["shown"] = KnownText.Leaf(
                    FormattableString.Invariant(
                        $"{Math.Min(proposal.Invitees.Count, ToolThresholds.ProposalParts)} of {proposal.Invitees.Count} invitees"
                    ),
                    KnownAs.Claim
                ),
            }
        );
}
