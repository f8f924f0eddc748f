namespace Copilot.Instrument.Workloads;

/// <summary>The kinds of manifests that run containers.</summary>
public enum WorkloadKind
{
    Deployment,
    StatefulSet,
    DaemonSet,
    ReplicaSet,
    ReplicationController,
    Job,
    CronJob,
    Pod,
    DeploymentConfig,
    Rollout,
    KnativeService,
    ComposeService,
    Dockerfile,
}

/// <summary>What a kind is called, and where its pods' template lies.</summary>
public static class WorkloadKinds
{
    public static string Word(this WorkloadKind kind) =>
        kind switch
        {
            WorkloadKind.ComposeService => "Compose service",
            WorkloadKind.KnativeService => "Knative Service",
            WorkloadKind.Rollout => "Argo Rollout",
            _ => kind.ToString(),
        };

    public static bool IsKubernetes(this WorkloadKind kind) => kind is not (WorkloadKind.ComposeService or WorkloadKind.Dockerfile);

    /// <summary>The keys from the workload to what describes its pods; none where the workload is the pod.</summary>
    public static IReadOnlyList<string> TemplatePath(this WorkloadKind kind) =>
        kind switch
        {
            WorkloadKind.Pod => [],
            WorkloadKind.CronJob => ["spec", "jobTemplate", "spec", "template"],
            _ => ["spec", "template"],
        };

    /// <summary>The kind of a Kubernetes object; null where it runs nothing. Groups keep namesakes apart.</summary>
    public static WorkloadKind? Of(string? apiVersion, string? kind) =>
        (Group(apiVersion), kind) switch
        {
            ("apps" or "extensions", "Deployment") => WorkloadKind.Deployment,
            ("apps", "StatefulSet") => WorkloadKind.StatefulSet,
            ("apps" or "extensions", "DaemonSet") => WorkloadKind.DaemonSet,
            ("apps" or "extensions", "ReplicaSet") => WorkloadKind.ReplicaSet,
            ("", "ReplicationController") => WorkloadKind.ReplicationController,
            ("batch", "Job") => WorkloadKind.Job,
            ("batch", "CronJob") => WorkloadKind.CronJob,
            ("", "Pod") => WorkloadKind.Pod,
            ("apps.openshift.io", "DeploymentConfig") => WorkloadKind.DeploymentConfig,
            ("argoproj.io", "Rollout") => WorkloadKind.Rollout,
            ("serving.knative.dev", "Service") => WorkloadKind.KnativeService,
            _ => null,
        };

    private static string Group(string? apiVersion) => apiVersion?.Split('/') is [var group, _] ? group : "";
}
