using Copilot.Incidents.Guide;
using Copilot.Incidents.Ownership;
using Copilot.Incidents.Recovery;
using Copilot.Incidents.Runbooks;
using Copilot.Incidents.Troubles;

namespace Copilot.Incidents.Proposals;

/// <summary>Trouble, owners and runbooks in, a preview out. Pure: the same input gives the same digest.</summary>
public static class ProposalMaker
{
    public static IncidentProposal Make(Trouble trouble, OwnershipSnapshot owners, IReadOnlyList<Runbook> runbooks)
    {
        var at = trouble.Window.To;
        var involved = InviteeList.Involved(trouble).Select(item => owners.OwnerOf(item.Service, at)).ToArray();
        var runbook = RunbookFit.Rank(runbooks, trouble, owners.NamesOf) is [var best, ..] ? best.Runbook : null;
        var unowned = involved.Where(owner => owner.Team is null)
            .Select(owner => $"{Hostile.Code(owner.Service)}{(owner.Suggested is null ? "." : $"; perhaps {Hostile.Code(owner.Suggested)} knows (a guess).")}").ToArray();
        var channels = involved.Select(owner => owner.Channel).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return ProposalDigest.Sign(new IncidentProposal
        {
            Id = "",
            Digest = "",
            Title = Title(trouble),
            Severity = Severity.Of(trouble),
            ChannelName = RoomName.For(trouble),
            From = trouble.Window.From,
            To = trouble.Window.To,
            Causes = [.. trouble.Causes.Select(cause => new ProposedCause(cause.Service, cause.Operation, cause.Score, cause.Why) 
            {
                Kind = cause.Kind,
                Team = owners.OwnerOf(cause.Service, at).Team,
                Change = cause.Change,
            })],
            Affected = [.. trouble.Affected.Select(service => new AffectedService(service.Service, service.Score)
            {
                Requests = service.Requests,
                ErrorRate = service.ErrorRate,
                ErrorRateBefore = service.ErrorRateBefore,
                P95Ms = service.P95Ms,
                P95MsBefore = service.P95MsBefore,
            })],
            Checks = RecoveryCheck.Of(trouble),
            TraceIds = GuideWriter.TracesOf(trouble),
            Invitees = InviteeList.For(trouble, owners),
            Teams = [.. involved.Select(owner => owner.Team).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
            Runbook = runbook?.FileName,
            Guide = GuideWriter.Write(trouble, runbook, unowned, channels),
        });
    }

    private static string After(Trouble trouble, TroubleCause cause) =>
        trouble.Affected.FirstOrDefault(service => service.Service.Equals(cause.Service, StringComparison.OrdinalIgnoreCase)) switch
        {
            { Failing: true } => "errors",
            { Slow: true } => "slow requests",
            _ => "trouble",
        };

    private static string Title(Trouble trouble)
    {
        if (trouble.Causes is not [var cause, ..])
            return trouble.Affected.Count > 0 ? $"{Hostile.Line(trouble.Affected[0].Service, 60)} and others are worse than before" : "Nothing is clearly wrong";
        var what = cause.Kind switch
        {
            "errors" => "errors",
            "latency" => "slow requests",
            "network" => "network trouble",
            "resource" => "out of resources",
            "saturation" => "overload",
            "change" => After(trouble, cause) + " after a change",
            _ => "trouble",
        };
        var where = cause.Operation is null ? "" : $" on {Hostile.Line(cause.Operation, 60)}";
        var harm = trouble.Affected.Count(service => !service.Service.Equals(cause.Service, StringComparison.OrdinalIgnoreCase));
        return $"{Hostile.Line(cause.Service, 60)}: {what}{where}{(harm > 0 ? FormattableString.Invariant($", {harm} more {(harm == 1 ? "service" : "services")} affected") : "")}";
    }
}
