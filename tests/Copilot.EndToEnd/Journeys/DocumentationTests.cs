using System.Text.RegularExpressions;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>The commands of the documents, taken out of them and given as they stand to an app that runs.</summary>
public sealed partial class DocumentationTests : IAsyncLifetime
{
    /// <summary>Commands that are checked elsewhere or build for minutes: what they name has to exist.</summary>
    private static readonly string[] Elsewhere =
    [
        "deploy/test.sh",
        "deploy/install.sh",
        "deploy/pack.sh",
        "deploy/audit.sh",
        "promtool ",
        "dotnet build ",
        "dotnet test ",
        "git clone ",
        // Of what deploy/pack.sh makes: PackageTests holds its names and versions to these lines.
        "tar ",
        "copilot-1",
        "sudo apt ",
        "systemctl status ",
    ];

    /// <summary>Commands whose exit code 2 is an answer too.</summary>
    private static readonly string[] Asking = ["copilot ask", "copilot traceql from-english", "copilot doctor", "copilot data delete"];

    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-docs-").FullName;
    private RunningApp _app = null!;

    public async Task InitializeAsync()
    {
        SampleFiles.Write(_folder);
        _app = await RunningApp.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_command_that_a_document_shows_works_as_it_stands()
    {
        var commands = DocumentedCommand.All();
        Assert.Contains(commands, command => command.Place.StartsWith("README.md:", StringComparison.Ordinal));
        Assert.True(commands.Count >= 30, $"Only {commands.Count} commands were found in the documents: have they another shape now?");
        var failed = new List<string>();
        foreach (var command in commands)
        {
            if (await FailureAsync(command) is { } failure)
                failed.Add($"{command.Place}: {command.Shell}\n  {failure}");
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    /// <summary>A block of YAML is read as such, and each metric that a rule names is one that the app has.</summary>
    [Fact]
    public async Task Every_block_of_yaml_is_yaml_and_every_metric_is_there()
    {
        var metrics = await _app.Http.GetStringAsync(new Uri("metrics", UriKind.Relative));
        var blocks = Documents().SelectMany(file => Yaml().Matches(File.ReadAllText(file)).Select(m => (file, Text: m.Groups[1].Value)));
        foreach (var (file, text) in blocks)
        {
            var read = new YamlDotNet.RepresentationModel.YamlStream();
            read.Load(new StringReader(text));
            Assert.True(read.Documents.Count == 1, file);
            Assert.All(
                Metric().Matches(text).Select(metric => metric.Value),
                metric => Assert.Contains($"# TYPE {metric} ", metrics, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var broken = Documents()
            .SelectMany(file => Link().Matches(File.ReadAllText(file)).Select(link => (file, To: link.Groups[1].Value)))
            .Where(link => !link.To.Contains("://", StringComparison.Ordinal) && !link.To.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(link => !Leads(link.file, link.To))
            .Select(link => $"{Path.GetRelativePath(Repository.Root, link.file)}: {link.To}");
        Assert.Empty(broken);
    }

    private async Task<string?> FailureAsync(DocumentedCommand command)
    {
        var shell = command.At(_app.Url);
        if (Elsewhere.Any(beginning => shell.StartsWith(beginning, StringComparison.Ordinal)))
            return
                Named().Matches(shell).Select(m => m.Value).FirstOrDefault(path => !Path.Exists(Path.Combine(Repository.Root, path)))
                    is { } missing
                ? $"there is no {missing}"
                : null;
        if (shell.StartsWith("deploy/data.sh", StringComparison.Ordinal))
        {
            var place = shell.Contains("--data", StringComparison.Ordinal) ? "" : $" --data '{_app.Folder}'";
            shell = shell.Split('#')[0].Replace("/srv/copilot", Path.Combine(_folder, "restored"), StringComparison.Ordinal);
            return await RunAsync(Path.Combine(Repository.Root, shell.TrimEnd()) + place, 0);
        }

        if (shell.StartsWith("deploy/run.sh", StringComparison.Ordinal) || Assigned().IsMatch(shell))
            return await ScriptAsync(shell);
        if (shell.StartsWith("export ", StringComparison.Ordinal))
            return await RunAsync(shell.Replace("…", "x", StringComparison.Ordinal), 0);
        // An answer that asks back is one: the names that an example has are not known here.
        var asks = Asking.Any(words => shell.StartsWith(words, StringComparison.Ordinal));
        if (shell.StartsWith("curl ", StringComparison.Ordinal) || shell.StartsWith("copilot ", StringComparison.Ordinal))
            return await RunAsync(shell, asks ? 2 : 0);
        return "nothing here checks such a command";
    }

    /// <summary>The start itself, with programs that do nothing in the place of a build and an app: options and settings are read.</summary>
    private static async Task<string?> ScriptAsync(string shell)
    {
        using var script = new StartScript();
        var (code, output) = await script.RunAsync(shell);
        if (code != 0)
            return string.Join('\n', output);
        var given = shell.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // What a shell sets for the app alone is a setting like one that is an argument.
        var settings = given.TakeWhile(word => Assigned().IsMatch(word)).Select(word => "--" + word);
        var own = given
            .Where(word => word.Contains("__", StringComparison.Ordinal) || Setting().IsMatch(word))
            .Where(w => w.StartsWith("--", StringComparison.Ordinal));
        await using var app = ChildProcess.Start("dotnet", [Repository.App, "--routes", .. settings, .. own]);
        return await app.WaitAsync(TimeSpan.FromMinutes(1)) == 0 ? null : app.Output.Trim();
    }

    /// <param name="most">The highest exit code that is no failure, and never 1.</param>
    private async Task<string?> RunAsync(string shell, int most)
    {
        // --fail-with-body ends curl with an error from status 400 on, and shows the answer.
        await using var process = ChildProcess.Start(
            "bash",
            "-c",
            $$"""
            set -eo pipefail; cd '{{_folder}}'; export COPILOT_URL='{{_app.Url}}'
            curl() { command curl -sS --noproxy '*' --max-time 60 --fail-with-body "$@"; }
            copilot() { dotnet '{{Repository.CommandLine}}' "$@"; }
            {{shell}}
            """
        );
        var code = await process.WaitAsync(TimeSpan.FromMinutes(2));
        return code == 0 || (code != 1 && code <= most) ? null : process.Output.Trim();
    }

    private static IEnumerable<string> Documents() =>
        Directory
            .EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories));

    private static bool Leads(string from, string to)
    {
        var (path, anchor) = (to.Split('#')[0], to.Contains('#', StringComparison.Ordinal) ? to.Split('#')[1] : "");
        var target = path.Length == 0 ? from : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, path));
        return Path.Exists(target)
            && (anchor.Length == 0 || File.ReadLines(target).Where(l => l.StartsWith('#')).Any(l => Anchor(l) == anchor));
    }

    /// <summary>As the places that show Markdown make one of a heading.</summary>
    private static string Anchor(string heading) =>
        new([
            .. heading
                .TrimStart('#')
                .Trim()
                .ToLowerInvariant()
                .Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')
                .Select(letter => letter == ' ' ? '-' : letter),
        ]);

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"\bcopilot_[a-z_]+\b")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(?:deploy|tests|src)/[\w./-]+|\b[\w.]+\.sln\b")]
    private static partial Regex Named();

    [GeneratedRegex(@"^[A-Z]\w*__\w+=\S+( |$)")]
    private static partial Regex Assigned();

    [GeneratedRegex(@"^--[A-Z]\w*:\S+=\S+$")]
    private static partial Regex Setting();
}
