using System.Globalization;
using Copilot.Telemetry.Text;
using Copilot.Web.Configuration;
using Copilot.Web.Hosting;
using Xunit;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace Copilot.Web.Tests.Deploy;

/// <summary>The chart, rendered, says what the app does: ports, paths, settings, rights.</summary>
public sealed class ChartTests
{
    private const string Chart = "observability-copilot";

    [Fact]
    public void What_it_makes_with_its_own_values_is_whole()
    {
        var kinds = Objects().Select(made => $"{made.Text("kind")} {made.Text("metadata", "name")}").Order(StringComparer.Ordinal);
        Assert.Equal(
            ["Deployment mine", "Ingress mine", "NetworkPolicy mine", "PodDisruptionBudget mine", "Service mine", "Service mine-otlp"],
            kinds
        );
        Assert.Contains(Objects(("serviceMonitor", "true")), made => made.Text("kind") == "ServiceMonitor");
        Assert.DoesNotContain(Objects(("ingress", "false")), made => made.Text("kind") == "Ingress");
    }

    [Fact]
    public void Ports_and_probes_are_those_of_the_app()
    {
        var container = Container();
        var ports = container
            .Items("ports")
            .ToDictionary(port => port.Text("name"), port => int.Parse(port.Text("containerPort"), CultureInfo.InvariantCulture));
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["pages"] = LaunchOptions.BrowserPort,
                ["otlp-grpc"] = LaunchOptions.OtlpGrpcPort,
                ["otlp-http"] = LaunchOptions.OtlpHttpPort,
            },
            ports
        );
        foreach (var (probe, path) in new[] { ("startupProbe", "/livez"), ("livenessProbe", "/livez"), ("readinessProbe", "/readyz") })
        {
            Assert.Equal(path, container.Text(probe, "httpGet", "path"));
            Assert.Equal("pages", container.Text(probe, "httpGet", "port"));
            Assert.Contains($"* {path}", SignIn.AccessRules.Rows);
        }

        foreach (var port in Objects().Where(made => made.Text("kind") == "Service").SelectMany(service => service.Items("spec", "ports")))
            Assert.Equal(ports[port.Text("targetPort")], int.Parse(port.Text("port"), CultureInfo.InvariantCulture));
        var allowed = Object("NetworkPolicy")
            .Items("spec", "ingress")
            .SelectMany(rule => rule.Items("ports"))
            .Select(port => port.Text("port"));
        Assert.Equal(
            ports.Values.Select(port => port.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal),
            allowed.Order(StringComparer.Ordinal)
        );
        // The options are read as the app reads them.
        Assert.Equal("0.0.0.0", LaunchOptions.Parse([.. container.Items("args").Select(arg => arg.Text())]).Listen.ToString());
    }

    [Fact]
    public void Nobody_is_root_nothing_is_written_and_a_stop_has_its_time()
    {
        var pod = Object("Deployment").At("spec", "template", "spec");
        var rights = Container().At("securityContext");
        Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal("true", rights.Text("readOnlyRootFilesystem"));
        Assert.Equal("false", rights.Text("allowPrivilegeEscalation"));
        Assert.Equal("ALL", rights.Text("capabilities", "drop", 0));
        Assert.NotEmpty(Container().Text("resources", "limits", "memory"));
        // The drain and all that a stop has to finish.
        Assert.True(WrittenAmount.TryDuration(Settings()["Hosting__Drain"], out var drain));
        var given = int.Parse(pod.Text("terminationGracePeriodSeconds"), CultureInfo.InvariantCulture);
        Assert.True(given >= (Draining.Patience + drain).TotalSeconds);
    }

    [Fact]
    public void Each_setting_that_it_sets_is_one() =>
        Assert.All(
            Settings().Keys,
            name => Assert.Contains(SettingsTable.All, setting => setting.Is(name.Replace("__", ":", StringComparison.Ordinal)))
        );

    [Fact]
    public void It_has_the_products_version()
    {
        var chart = DeployedFile.Documents(DeployedFile.Read("helm", Chart, "Chart.yaml"))[0];
        Assert.Equal(DeployedFile.Version, chart.Text("version"));
        Assert.Equal(DeployedFile.Version, chart.Text("appVersion"));
        Assert.EndsWith($":{DeployedFile.Version}", Container().Text("image"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Settings() =>
        Container().Items("env").ToDictionary(entry => entry.Text("name"), entry => entry.Text("value"));

    private static YamlNode Container() => Object("Deployment").At("spec", "template", "spec", "containers", 0);

    private static YamlNode Object(string kind) => Objects().Single(made => made.Text("kind") == kind);

    private static List<YamlNode> Objects(params (string Part, string Enabled)[] changed)
    {
        var values = new DeserializerBuilder()
            .Build()
            .Deserialize<Dictionary<object, object?>>(DeployedFile.Read("helm", Chart, "values.yaml"));
        foreach (var (part, enabled) in changed)
            ((Dictionary<object, object?>)values[part]!)["enabled"] = enabled;
        var template = new ChartTemplate(
            new Dictionary<string, object?>
            {
                ["Values"] = values,
                ["Release"] = new Dictionary<object, object?> { ["Name"] = "mine" },
                ["Chart"] = new Dictionary<object, object?> { ["AppVersion"] = DeployedFile.Version },
            }
        );
        template.Define(DeployedFile.Read("helm", Chart, "templates", "_helpers.tpl"));
        return
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Material.Repository, "deploy", "helm", Chart, "templates"), "*.yaml")
                .Order(StringComparer.Ordinal)
                .SelectMany(file => DeployedFile.Documents(template.Render(File.ReadAllText(file))))
                .Where(document => document is YamlMappingNode),
        ];
    }
}
