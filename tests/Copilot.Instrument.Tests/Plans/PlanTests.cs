using System.Text.Json.Nodes;
using Copilot.Instrument.Applying;
using Copilot.Instrument.Plans;
using Copilot.Instrument.Scanning;
using Xunit.Abstractions;

namespace Copilot.Instrument.Tests.Plans;

public sealed class PlanTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("image: python:3.12-alpine", "inject-python", "otel-python-platform: musl")]
    [InlineData("image: mcr.microsoft.com/dotnet/aspnet:8.0-alpine", "inject-dotnet", "otel-dotnet-auto-runtime: linux-musl-x64")]
    [InlineData("image: golang:1.23\ncommand: [/orders]", "inject-go", "otel-go-auto-target-exe: /orders")]
    public void What_an_agent_needs_beside_its_name_is_annotated_as_well(string container, string inject, string beside)
    {
        using var folder = new TreeFolder().Add("a.yaml", Fleet.Deployment(container));
        var added = Assert.Single(Fleet.Plan(folder).Workloads).Added.Select(a => $"{a.Key}: {a.Value}").ToList();
        Assert.Contains($"instrumentation.opentelemetry.io/{inject}: true", added);
        Assert.Contains($"instrumentation.opentelemetry.io/{beside}", added);
    }

    [Fact]
    public void Two_languages_in_one_pod_name_their_containers()
    {
        using var folder = new TreeFolder().Add(
            "a.yaml",
            Fleet.Deployment("image: openjdk:21").TrimEnd()
                + "\n        - name: web\n          image: node:20\n        - name: db\n          image: redis:7\n"
        );
        var workload = Assert.Single(Fleet.Plan(folder).Workloads);
        var added = workload.Added.ToDictionary(a => a.Key.Split('/')[1], a => a.Value);
        Assert.Equal(
            ("true", "app", "true", "web"),
            (added["inject-java"], added["java-container-names"], added["inject-nodejs"], added["nodejs-container-names"])
        );
        Assert.Contains(workload.Warnings, warning => warning.Contains("--enable-multi-instrumentation"));
    }

    [Fact]
    public void A_mesh_gets_the_containers_named_and_B3_beside_W3C()
    {
        using var folder = new TreeFolder().Add(
            "a.yaml",
            Fleet.Deployment("image: openjdk:21", template: "      annotations:\n        sidecar.istio.io/inject: \"true\"\n")
        );
        var plan = Fleet.Plan(folder);
        Assert.Contains(
            Assert.Single(plan.Workloads).Added,
            a => a is { Key: "instrumentation.opentelemetry.io/container-names", Value: "app" }
        );
        Assert.Contains("- b3multi", Assert.Single(plan.Files, f => f.Before is null).After);
    }

    [Fact]
    public void A_namespace_that_has_its_Instrumentation_gets_no_second_one()
    {
        using var folder = new TreeFolder()
            .Add("a.yaml", Fleet.Deployment("image: openjdk:21"))
            .Add("i.yaml", "apiVersion: opentelemetry.io/v1alpha1\nkind: Instrumentation\nmetadata:\n  name: ours\nspec: {}\n");
        Assert.All(Fleet.Plan(folder).Files, file => Assert.NotNull(file.Before));
        folder.Add("j.yaml", "apiVersion: opentelemetry.io/v1alpha1\nkind: Instrumentation\nmetadata:\n  name: theirs\nspec: {}\n");
        Assert.Contains("more than one Instrumentation", Assert.Single(Fleet.Plan(folder).Skipped).Reason);
    }

    [Fact]
    public void A_kustomization_lists_what_is_new_and_gives_its_namespace()
    {
        using var folder = new TreeFolder()
            .Add("base/a.yaml", Fleet.Deployment("image: openjdk:21"))
            .Add("base/kustomization.yaml", "namespace: shop\nresources:\n- a.yaml # ours\npatches:\n- path: p.yaml\n")
            .Add("base/p.yaml", Fleet.Deployment("image: node:20"));
        var before = folder.Bytes();
        Fleet.Apply(folder);
        Assert.Equal(
            "namespace: shop\nresources:\n- \"copilot-instrumentation.yaml\"\n- a.yaml # ours\npatches:\n- path: p.yaml\n",
            folder.Text("base/kustomization.yaml")
        );
        Assert.DoesNotContain("namespace:", folder.Text("base/copilot-instrumentation.yaml"));
        Assert.DoesNotContain("inject-nodejs", folder.Text("base/p.yaml"));
        Assert.Empty(Fleet.Apply(folder).Done);
        FleetApply.Revert(folder.Root, wave: null);
        Assert.Equal(before, folder.Bytes());
    }

    [Fact]
    public void A_Helm_template_is_read_and_left_alone()
    {
        const string Template = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ .Release.Name }}-orders
              {{- with .Values.labels }}
              labels: {{ toYaml . | nindent 4 }}
              {{- end }}
            spec:
              template:
                spec:
                  containers:
                    - name: app
                      image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default "1" }}"
            """;
        using var folder = new TreeFolder()
            .Add("chart/Chart.yaml", "name: shop\nversion: 1.0.0\n")
            .Add("chart/values.yaml", "image:\n  repository: eclipse-temurin\n  tag: 21-jre\n")
            .Add("chart/templates/orders.yaml", Template);
        var before = folder.Bytes();
        var finding = Assert.Single(Fleet.Scan(folder).Findings);
        Assert.Equal(("shop-orders", RuntimeLanguage.Java), (finding.Workload.Name, finding.Language));
        Assert.Contains("Helm template", Assert.Single(Fleet.Plan(folder).Skipped).Reason);
        Assert.Empty(Fleet.Apply(folder).Done);
        Assert.Equal(before, folder.Bytes());
    }

    [Fact]
    public void A_file_that_is_no_YAML_takes_no_other_with_it()
    {
        using var folder = new TreeFolder()
            .Add("a.yaml", Fleet.Deployment("image: openjdk:21"))
            .Add("b.yaml", "kind: Deployment\n  apiVersion: [\n")
            .Add("c.yaml", string.Concat(Enumerable.Repeat("[", 5000)))
            .Add("d.yaml", "a: 1\na: 2\n");
        File.WriteAllBytes(Path.Combine(folder.Root, "e.yaml"), [0xff, 0xfe, 0x00, 0xd8]);
        var scan = Fleet.Scan(folder);
        Assert.Single(scan.Findings);
        Assert.Equal(["b.yaml", "c.yaml", "d.yaml", "e.yaml"], scan.Notes.Select(note => note.File).Order());
    }

    [Fact]
    public void Waves_start_with_one_of_each_language_and_a_pipeline_can_run_one()
    {
        using var folder = new TreeFolder();
        for (var i = 0; i < 12; i++)
            folder.Add($"s{i}.yaml", Fleet.Deployment(i % 2 == 0 ? "image: openjdk:21" : "image: node:20", name: $"s{i}"));
        var before = folder.Bytes();
        var plan = FleetPlanner.Make(new PlanRequest { Scan = Fleet.Scan(folder), WaveSize = 3 });
        Assert.Equal([2, 3, 2, 3, 2], plan.Waves.Select(wave => wave.Workloads.Count));
        var json = PlanReport.ToJson(plan);
        Assert.Equal(5, JsonNode.Parse(json)!["waves"]!.AsArray().Count);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, json);
        foreach (var wave in new[] { 1, 2 })
        {
            var part = FleetPlanner.Make(new PlanRequest { Scan = Fleet.Scan(folder), Only = WaveFile.Read(file, wave) });
            Assert.Equal(plan.Waves[wave - 1].Workloads.Select(w => w.Id).Order(), part.Workloads.Select(w => w.Id).Order());
            FleetApply.Apply(part, TimeProvider.System, "somebody", wave);
        }

        Assert.Equal(3, FleetApply.Revert(folder.Root, wave: 2).Done.Count);
        Assert.Contains("inject-java", folder.Text("s0.yaml"));
        FleetApply.Revert(folder.Root, wave: null);
        Assert.Equal(before, folder.Bytes());
        Assert.Throws<InvalidDataException>(() => WaveFile.Read(file, 9));
        File.Delete(file);
    }

    [Fact]
    public void A_fleet_of_two_thousand_is_scanned_planned_and_changed()
    {
        using var folder = new TreeFolder();
        string[] images = ["openjdk:21", "node:20-alpine", "python:3.12", "mcr.microsoft.com/dotnet/aspnet:8.0", "acme/unknown:1"];
        for (var file = 0; file < 400; file++)
            folder.Add(
                $"team{file % 20}/f{file}.yaml",
                string.Join("---\n", Enumerable.Range(0, 5).Select(i => Fleet.Deployment($"image: {images[i]}", name: $"s{file}-{i}")))
            );
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var steps = new List<int>();
        var scan = FleetScan.Run(new ScanRequest { Paths = [folder.Root], Progress = (done, _) => steps.Add(done) });
        var plan = FleetPlanner.Make(new PlanRequest { Scan = scan });
        var result = FleetApply.Apply(plan, TimeProvider.System, "somebody", wave: null);
        output.WriteLine(FormattableString.Invariant($"2,000 workloads in 400 files: {watch.Elapsed.TotalSeconds:0.0} s"));
        Assert.Equal((2000, 1600, 401, 400), (scan.Findings.Count, plan.Workloads.Count(), result.Done.Count, steps.Count));
    }
}
