using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Web.Configuration;
using Copilot.Web.Hosting;
using Xunit;

namespace Copilot.Web.Tests.Deploy;

/// <summary>What no engine builds here is held to the sources that it would build from.</summary>
public sealed partial class ImageTests
{
    [Fact]
    public void The_image_builds_projects_that_are_there_and_starts_what_they_make()
    {
        var file = DeployedFile.Read("docker", "Dockerfile");
        foreach (var project in Project().Matches(file).Select(match => match.Value))
            Assert.True(Directory.Exists(Path.Combine(Material.Repository, project)), project);
        Assert.True(Directory.Exists(Path.Combine(Material.Repository, "src", "Copilot.Web")));
        Assert.Contains("ENTRYPOINT [\"/app/Copilot.Web\", \"--empty\"]", file, StringComparison.Ordinal);
        Assert.Contains("\nUSER $APP_UID\n", file, StringComparison.Ordinal);
        Assert.Contains(
            $"\nEXPOSE {LaunchOptions.BrowserPort} {LaunchOptions.OtlpGrpcPort} {LaunchOptions.OtlpHttpPort}\n",
            file,
            StringComparison.Ordinal
        );
        // Everything that a build reads comes into the context.
        var left = File.ReadAllLines(Path.Combine(Material.Repository, ".dockerignore"));
        foreach (var needed in (string[])["src", "migrations", "prompts", "build", "deploy", "Directory.Build.props"])
            Assert.DoesNotContain(needed, left);
    }

    [Fact]
    public void Compose_starts_the_app_with_settings_and_options_that_it_has()
    {
        var compose = DeployedFile.Documents(DeployedFile.Read("docker", "compose.yaml"))[0];
        var app = compose.At("services", "copilot");
        Assert.All(
            app.Members("environment"),
            setting => Assert.Contains(SettingsTable.All, known => known.Is(setting.Name.Replace("__", ":", StringComparison.Ordinal)))
        );
        Assert.Equal("0.0.0.0", LaunchOptions.Parse([.. app.Items("command").Select(word => word.Text())]).Listen.ToString());
        Assert.Equal(
            [LaunchOptions.OtlpGrpcPort, LaunchOptions.OtlpHttpPort, LaunchOptions.BrowserPort],
            app.Items("ports").Select(port => int.Parse(port.Text().Split(':')[^1], CultureInfo.InvariantCulture)).Order()
        );
        // Pages are for the proxy of this machine.
        Assert.Contains("127.0.0.1:5080:5080", app.Items("ports").Select(port => port.Text()));
        Assert.Equal("true", app.Text("read_only"));
        Assert.EndsWith($":{DeployedFile.Version}", app.Text("image"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Material.Repository, "deploy", "docker", "../../", app.Text("build", "dockerfile"))));
        // What has to be set is in the example, and nothing else is.
        var asked = Variable()
            .Matches(DeployedFile.Read("docker", "compose.yaml"))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Except(["PROXY"]);
        var told = DeployedFile
            .Read("docker", "env.example")
            .Split('\n')
            .Where(line => line.Contains('='))
            .Select(line => line.Split('=')[0]);
        Assert.Equal(asked.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\bsrc/Copilot\.(?:Web|Cli)\b")]
    private static partial Regex Project();

    [GeneratedRegex(@"\$\{([A-Z_]+)[:}]")]
    private static partial Regex Variable();
}
