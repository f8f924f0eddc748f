using System.Text.RegularExpressions;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>What deploy/pack.sh makes, of programs that do nothing: building the real ones takes minutes. How the real ones install is in
/// tests/RESULTS.md.</summary>
public sealed partial class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-pack-").FullName;

    private static string Version => VersionElement().Match(File.ReadAllText(At("Directory.Build.props"))).Groups[1].Value;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_tarball_and_a_package_hold_the_programs_the_service_and_what_changed()
    {
        await PackAsync("first");
        var tarball = await ShellAsync($"tar -tzf first/copilot-{Version}-linux-x64.tar.gz");
        foreach (var file in (string[])["bin/copilot", "bin/copilot-server", "lib/copilot/Copilot.Web", "CHANGELOG.md", "docs/install.md"])
            Assert.Contains($"copilot-{Version}-linux-x64/{file}\n", tarball, StringComparison.Ordinal);

        await ShellAsync($"dpkg-deb -R first/observability-copilot_{Version}_amd64.deb unpacked");
        var control = File.ReadAllText(Path.Combine(_folder, "unpacked", "DEBIAN", "control"));
        Assert.Contains($"Version: {Version}\n", control, StringComparison.Ordinal);
        Assert.DoesNotContain('@', control.Replace("copilot@localhost", "", StringComparison.Ordinal));
        var unit = File.ReadAllLines(Path.Combine(_folder, "unpacked/usr/lib/systemd/system/observability-copilot.service"));
        var started = Value(unit, "ExecStart").Split(' ');
        Assert.Equal("ran\n", await ShellAsync($"unpacked{started[0]} </dev/null"));
        Assert.Contains($"/var/lib/{Value(unit, "StateDirectory")}", started);
        var settings = Value(unit, "EnvironmentFile").TrimStart('-');
        Assert.Equal(settings + "\n", File.ReadAllText(Path.Combine(_folder, "unpacked", "DEBIAN", "conffiles")));
        Assert.Equal(
            0,
            await CodeAsync($"cd unpacked && md5sum -c --quiet DEBIAN/md5sums && sh -n DEBIAN/postinst && sh -n DEBIAN/postrm")
        );
        // An account of its own and of nobody else's, which the package makes.
        Assert.Contains(
            $" {Value(unit, "User")} ",
            File.ReadAllText(Path.Combine(_folder, "unpacked/DEBIAN/postinst")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_same_sources_make_the_same_files()
    {
        await PackAsync("first");
        await PackAsync("second");
        Assert.Equal(
            await File.ReadAllTextAsync(At(_folder, "first/SHA256SUMS")),
            await File.ReadAllTextAsync(At(_folder, "second/SHA256SUMS"))
        );
        Assert.Equal(0, await CodeAsync("cd second && sha256sum -c --quiet SHA256SUMS"));
    }

    [Fact]
    public async Task What_holds_no_programs_is_not_packed()
    {
        Directory.CreateDirectory(At(_folder, "empty"));
        var told = await ShellAsync($"'{At("deploy/pack.sh")}' --built empty --out none 2>&1 || true");
        Assert.Equal("error: empty holds no program Copilot.Web: it is no folder of what was published.\n", told);
    }

    [Fact]
    public void Documents_and_the_list_of_changes_name_the_version_that_is_packed()
    {
        Assert.Contains($"\n## {Version} (", File.ReadAllText(At("CHANGELOG.md")), StringComparison.Ordinal);
        var named = NamedVersion().Matches(File.ReadAllText(At("docs/install.md"))).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, version => Assert.Equal(Version, version));
        // It is that of the programs.
        Assert.Equal(Version, typeof(PackageTests).Assembly.GetName().Version?.ToString(3));
    }

    private static string Value(string[] unit, string name) =>
        Assert.Single(unit, line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    private async Task PackAsync(string to) =>
        await ShellAsync(
            $"""
            mkdir -p built && for p in Copilot.Web copilot Copilot.Demo; do printf '#!/bin/sh\necho ran\n' >built/$p; chmod 755 built/$p; done
            echo x >built/some.dll
            '{At("deploy/pack.sh")}' --built built --out {to} 2>/dev/null
            """
        );

    private async Task<string> ShellAsync(string script)
    {
        await using var process = ChildProcess.Start("bash", "-c", $"set -e; cd '{_folder}'; {script}");
        var code = await process.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(code == 0, process.Output);
        // The end of one stream may come before the first line of the other.
        return process.Output.Trim() + "\n";
    }

    private async Task<int> CodeAsync(string script)
    {
        await using var process = ChildProcess.Start("bash", "-c", $"set -e; cd '{_folder}'; {script}");
        return await process.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static string At(string path) => Path.Combine(Repository.Root, path);

    private static string At(string folder, string path) => Path.Combine(folder, path);

    [GeneratedRegex("<Version>(.+)</Version>")]
    private static partial Regex VersionElement();

    [GeneratedRegex(@"copilot[-_](\d+\.\d+\.\d+)[-_]")]
    private static partial Regex NamedVersion();
}
