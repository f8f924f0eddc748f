using System.Security.Cryptography;
using System.Text.Json;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Guide;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Owners;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Proposals;

/// <summary>Trouble, owners and runbooks in, a preview out. Pure: the same input gives the same digest.</summary>
public static class ProposalMaker
{
    public static IncidentProposal Make(WindowDiagnosis diagnosis, OwnershipSnapshot owners, IReadOnlyList<Runbook> runbooks)
    {
        var at = diagnosis.Window.To;
        var involved = InviteeList.Involved(diagnosis).Select(item => owners.OwnerOf(item.Service, at)).ToArray();
        var runbook = RunbookFit.Rank(runbooks, diagnosis, owners.NamesOf) is [var best, ..] ? best.Runbook : null;
        var unowned = involved
            .Where(owner => owner.Team is null)
            .Select(owner =>
                Hostile.Code(owner.Service)
                + (owner.Suggested is null ? "." : $"; perhaps {Hostile.Code(owner.Suggested)} knows (a guess).")
            )
            .ToArray();
        var channels = involved.Select(owner => owner.Channel).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return ProposalDigest.Sign(
            new IncidentProposal
            {
                Id = "",
                Digest = "",
                Title = Title(diagnosis),
                Severity = SeverityRating.Of(diagnosis),
                ChannelName = RoomName.For(diagnosis),
                From = diagnosis.Window.From,
                To = diagnosis.Window.To,
                Causes =
                [
                    .. diagnosis.Causes.Select(cause => new ProposedCause(cause.Service, cause.Operation, cause.Score, cause.Why)
                    {
                        Kind = cause.Kind,
                        Team = owners.OwnerOf(cause.Service, at).Team,
                        Change = cause.Change,
                    }),
                ],
                Affected = diagnosis.Affected,
                Checks = RecoveryCheck.Of(diagnosis),
                TraceIds = GuideWriter.TracesOf(diagnosis),
                Invitees = InviteeList.For(diagnosis, owners),
                Teams = [.. involved.Select(owner => owner.Team).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                Runbook = runbook?.FileName,
                Guide = GuideWriter.Write(diagnosis, runbook, unowned, channels),
            }
        );
    }

    private static string After(WindowDiagnosis diagnosis, DiagnosedCause cause) =>
        diagnosis.Affected.FirstOrDefault(service => service.Service.Equals(cause.Service, StringComparison.OrdinalIgnoreCase)) switch
        {
            { Failing: true } => "errors",
            { Slow: true } => "slow requests",
            _ => "trouble",
        };

    private static string Title(WindowDiagnosis diagnosis)
    {
        if (diagnosis.Causes is not [var cause, ..])
            return diagnosis.Affected.Count > 0
                ? $"{Hostile.Line(diagnosis.Affected[0].Service, 60)} and others are worse than before"
                : "Nothing is clearly wrong";
        var what = cause.Kind switch
        {
            CauseKind.Errors => "errors",
            CauseKind.Latency => "slow requests",
            CauseKind.Network => "network trouble",
            CauseKind.Resource => "out of resources",
            CauseKind.Saturation => "overload",
            CauseKind.Change => After(diagnosis, cause) + " after a change",
            _ => "trouble",
        };
        var where = cause.Operation is null ? "" : $" on {Hostile.Line(cause.Operation, 60)}";
        var harm = diagnosis.Affected.Count(service => !service.Service.Equals(cause.Service, StringComparison.OrdinalIgnoreCase));
        var also = harm > 0 ? $", {Quantity.Count(harm, "more service", "more services")} affected" : "";
        return $"{Hostile.Line(cause.Service, 60)}: {what}{where}{also}";
    }
}

/// <summary>Binds a confirmation to what was shown.</summary>
internal static class ProposalDigest
{
    /// <summary>The proposal with its digest, and the id that follows from it: the same preview is the same proposal, however often it is
    /// made.</summary>
    public static IncidentProposal Sign(IncidentProposal proposal)
    {
        var digest = Of(proposal);
        return proposal with { Id = $"p_{digest[..24]}", Digest = digest };
    }

    /// <summary>Of everything shown; whether an incident exists already is told beside it and may change.</summary>
    public static string Of(IncidentProposal proposal) =>
        Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(proposal with { Id = "", Digest = "", Existing = null }))
        );
}
