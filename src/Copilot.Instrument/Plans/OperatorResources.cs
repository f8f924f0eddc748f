using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Plans;

/// <summary>The resources that a plan adds: the operator's Instrumentation of each namespace, and eBPF's DaemonSet where it is asked
/// for.</summary>
internal static partial class OperatorResources
{
    public const string FileName = "copilot-instrumentation.yaml";
    public const string EbpfFileName = "copilot-ebpf.yaml";

    public static string Instrumentations(IEnumerable<string?> namespaces, string endpoint, bool hasMesh, PlanRequest request)
    {
        var text = new StringBuilder();
        foreach (var space in namespaces.Order(StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "---\n" : "");
            text.Append("# One for all languages. Pods that start after this is there, and carry the annotation, get their agent.\n");
            text.Append("apiVersion: opentelemetry.io/v1alpha1\nkind: Instrumentation\nmetadata:\n  name: copilot\n");
            if (space is not null)
                text.Append(CultureInfo.InvariantCulture, $"  namespace: {space}\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"spec:\n  exporter:\n    endpoint: {endpoint}\n  propagators:\n    - tracecontext\n    - baggage\n"
            );
            if (hasMesh)
                text.Append("    # The mesh's proxies read B3.\n    - b3multi\n");
            text.Append("  # Every trace is recorded; which are kept is decided where they arrive.\n");
            text.Append("  sampler:\n    type: parentbased_always_on\n");
            if (request.Environment is { } environment)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"  resource:\n    resourceAttributes:\n      deployment.environment.name: \"{environment}\"\n"
                );
        }

        return text.ToString();
    }

    /// <summary>Null where no workload of a cluster needs it.</summary>
    public static string? Ebpf(IReadOnlyList<WorkloadFinding> findings, string endpoint)
    {
        var watched = findings
            .Where(f => f.Route.Kind == RouteKind.Ebpf && f.Workload.Kind.ToString() is "Deployment" or "StatefulSet" or "DaemonSet")
            .Where(f => IsName(f.Workload.Name))
            .ToList();
        if (watched.Count == 0)
            return null;
        var text = new StringBuilder(Head);
        text.Append("  config.yml: |\n    discovery:\n      instrument:\n");
        foreach (var finding in watched)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"        - k8s_{finding.Workload.Kind.ToString().ToLowerInvariant()}_name: {finding.Workload.Name}\n"
            );
            if (finding.Workload.Namespace is { } space && IsName(space))
                text.Append(CultureInfo.InvariantCulture, $"          k8s_namespace: {space}\n");
        }

        text.Append("    attributes:\n      kubernetes:\n        enable: true\n    routes:\n      unmatched: heuristic\n");
        return text.Append(CultureInfo.InvariantCulture, $"    otel_traces_export:\n      endpoint: {endpoint}\n")
            .Append(DaemonSet)
            .ToString();
    }

    /// <summary>What Kubernetes takes as a name; any other text of a manifest is not written anywhere.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    private const string Head = """
        # eBPF instrumentation (OBI) for what no agent can be put into: privileged, on every node, kernel 5.8 or later.
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: obi
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: obi
        rules:
          - apiGroups: ["apps"]
            resources: ["replicasets"]
            verbs: ["list", "watch"]
          - apiGroups: [""]
            resources: ["pods", "services", "nodes"]
            verbs: ["list", "watch"]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: obi
        subjects:
          - kind: ServiceAccount
            name: obi
            # The namespace that this is applied to.
            namespace: default
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: obi
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: obi-config
        data:

        """;

    private const string DaemonSet = """
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata:
          name: obi
        spec:
          selector:
            matchLabels:
              app: obi
          template:
            metadata:
              labels:
                app: obi
            spec:
              serviceAccountName: obi
              hostPID: true
              containers:
                - name: obi
                  image: otel/ebpf-instrument:main
                  securityContext:
                    privileged: true
                  env:
                    - name: OTEL_EBPF_CONFIG_PATH
                      value: /config/config.yml
                  volumeMounts:
                    - name: config
                      mountPath: /config
              volumes:
                - name: config
                  configMap:
                    name: obi-config

        """;

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex Name();
}
