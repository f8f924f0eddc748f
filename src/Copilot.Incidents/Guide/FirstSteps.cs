using Copilot.Diagnosis.Diagnoses;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Guide;

/// <summary>What the kinds of cause themselves know about stopping the harm. Filled in from telemetry where that is safe to copy.</summary>
public static class FirstSteps
{
    public static IEnumerable<GuideStep> For(DiagnosedCause cause)
    {
        if (cause.Change is { } change)
            yield return ForChange(cause, change);
        if (cause.SetApart is { Share: >= GuideThresholds.LeastSetApart } apart && ForPlace(cause, apart) is { } place)
            yield return place;
        foreach (var step in ForKind(cause))
            yield return step;
    }

    private static GuideStep ForChange(DiagnosedCause cause, Change change)
    {
        var when = FormattableString.Invariant($"{change.Time.UtcDateTime:HH:mm:ss} UTC");
        if (change.Kind.Contains("flag", StringComparison.OrdinalIgnoreCase))
        {
            return new GuideStep(
                $"Undo the flag change of {when} to {Hostile.Code(change.Service)}: {Hostile.Code(change.Summary)}.",
                null,
                "cause kind: flag change"
            );
        }

        if (change.Kind.Equals("deploy", StringComparison.OrdinalIgnoreCase) || change.Version is not null)
        {
            var version = change.Version is null ? "the version" : Hostile.Code(change.Version);
            var back = change.PreviousVersion is null ? "" : $" to {Hostile.Code(change.PreviousVersion)}";
            return new GuideStep(
                $"Roll {Hostile.Code(change.Service)} back from {version}{back} (deployed {when}).",
                Kubectl(cause, "rollout undo deployment/", "k8s.deployment.name", ""),
                "cause kind: deploy"
            );
        }

        return new GuideStep(
            $"Undo the change of {when} to {Hostile.Code(change.Service)}: {Hostile.Code(change.Summary)}.",
            null,
            "cause kind: configuration change"
        );
    }

    private static GuideStep? ForPlace(DiagnosedCause cause, CauseAttribute apart)
    {
        var share = $"{Quantity.Percent(apart.Share)} of the bad requests are its";
        return apart.Key switch
        {
            "k8s.pod.name" or "service.instance.id" or "host.name" or "container.id" => new GuideStep(
                $"Take {Hostile.Code(apart.Value)} out of service ({share}).",
                apart.Key == "k8s.pod.name" && Hostile.IsSafeWord(apart.Value)
                    ? $"kubectl {Namespace(cause)}delete pod {apart.Value}"
                    : null,
                "cause kind: one bad instance"
            ),
            "k8s.node.name" => new GuideStep(
                $"Cordon and drain the node {Hostile.Code(apart.Value)} ({share}).",
                Hostile.IsSafeWord(apart.Value) ? $"kubectl drain {apart.Value} --ignore-daemonsets" : null,
                "cause kind: one bad node"
            ),
            "service.version" => new GuideStep(
                $"Take the version {Hostile.Code(apart.Value)} out of service ({share}).",
                null,
                "cause kind: one bad version"
            ),
            _ when apart.Key.Contains("region", StringComparison.Ordinal) || apart.Key.Contains("zone", StringComparison.Ordinal) =>
                new GuideStep($"Send traffic away from {Hostile.Code(apart.Value)} ({share}).", null, "cause kind: one bad place"),
            _ => null,
        };
    }

    private static IEnumerable<GuideStep> ForKind(DiagnosedCause cause)
    {
        var service = Hostile.Code(cause.Service);
        if (cause.SeenAt is { } caller)
        {
            yield return new GuideStep(
                $"{service} is called by {Hostile.Code(caller)} and sends no telemetry itself: switch "
                    + $"{Hostile.Code(caller)} to its fallback or cache if it has one, "
                    + "shorten its timeout, and ask whoever runs the dependency.",
                null,
                "cause kind: dependency outside"
            );
            yield break;
        }

        if (cause.Change is not null)
            yield break;
        if (cause.WaitsFor is { } database)
        {
            yield return new GuideStep(
                $"Look at {Hostile.Code(database)}, the database that {service} waits for: locks, load, slow queries, the way there. "
                    + $"If it is well, look at what {service} asks of it.",
                null,
                "cause kind: waiting for a database"
            );
            yield break;
        }

        var step = cause.Kind switch
        {
            CauseKind.Latency => $"Look where the time of {service} goes in its slow traces: a long database span with little work "
                + "means waiting for a lock.",
            CauseKind.Saturation => $"Add capacity to {service}, and stop what feeds it if nobody waits for that.",
            CauseKind.Resource => $"Give {service} more of what it has run out of, or restart the instance that has.",
            CauseKind.Network => $"Check the path between {service} and its callers: name resolution, certificates, a proxy, packet loss.",
            _ => $"Read the errors of {service} in its failed traces; if they started with a restart or on one instance, "
                + "take that out of service first.",
        };
        yield return new GuideStep(
            step,
            cause.Kind == CauseKind.Saturation ? Kubectl(cause, "scale deployment/", "k8s.deployment.name", " --replicas=<more>") : null,
            $"cause kind: {cause.Kind.Word()}"
        );
    }

    private static string? Kubectl(DiagnosedCause cause, string verb, string key, string rest) =>
        cause.Resource.TryGetValue(key, out var name) && Hostile.IsSafeWord(name) ? $"kubectl {Namespace(cause)}{verb}{name}{rest}" : null;

    private static string Namespace(DiagnosedCause cause) =>
        cause.Resource.TryGetValue("k8s.namespace.name", out var space) && Hostile.IsSafeWord(space) ? $"-n {space} " : "";
}
