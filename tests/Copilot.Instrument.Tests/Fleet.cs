using Copilot.Instrument.Applying;
using Copilot.Instrument.Plans;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Tests;

/// <summary>The verbs in a line each.</summary>
internal static class Fleet
{
    public static ScanResult Scan(TreeFolder folder, params string[] environmentFiles) =>
        FleetScan.Run(new ScanRequest { Paths = [folder.Root], EnvironmentFiles = environmentFiles });

    public static FleetPlan Plan(TreeFolder folder) => FleetPlanner.Make(new PlanRequest { Scan = Scan(folder) });

    public static ApplyResult Apply(TreeFolder folder) => FleetApply.Apply(Plan(folder), TimeProvider.System, "somebody", wave: null);

    public static WorkloadFinding One(string file, string text)
    {
        using var folder = new TreeFolder().Add(file, text);
        return Assert.Single(Scan(folder).Findings);
    }

    /// <summary>A Deployment with one container, given as the lines of that container below its name.</summary>
    public static string Deployment(string container, string name = "orders", string template = "") =>
        $"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {name}
            spec:
              template:
                metadata:
                  labels:
                    app: {name}
            {template}    spec:
                  containers:
                    - name: app
            {string.Concat(container.ReplaceLineEndings("\n").Split('\n').Select(line => "          " + line + "\n"))}
            """;
}
