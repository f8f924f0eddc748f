using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Copilot.Slack.Tests.Double;

namespace Copilot.Slack.Tests.Official;

/// <summary>A script on Slack's official packages, talking to the double; what it prints is one JSON object a line.</summary>
internal sealed class NodeScript : IDisposable
{
    /// <summary>Slack's own packages, which "npm ci" installs; a test that needs them names this.</summary>
    public const string Packages = "tests/Copilot.Slack.Tests/Official/node/node_modules/@slack/bolt";

    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeScript(Process process)
    {
        this._process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static string Folder { get; } = Path.Combine(Here(), "node");

    public static NodeScript Start(SlackDouble slack, string script, string mode)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(script);
        start.ArgumentList.Add(mode);
        start.Environment["SLACK_API_URL"] = slack.Url.AbsoluteUri;
        start.Environment["SLACK_TOKEN"] = SlackDouble.BotToken;
        start.Environment["SLACK_APP_TOKEN"] = SlackDouble.AppToken;
        start.Environment["SLACK_SIGNING_SECRET"] = SigningSecret;
        // The double is on this machine.
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1,localhost";
        return new NodeScript(Process.Start(start)!);
    }

    /// <summary>The next thing that it tells.</summary>
    public async Task<JsonElement> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var line =
            await _process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException($"The script ended without a word: {await _errors}");
        return JsonDocument.Parse(line).RootElement;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
