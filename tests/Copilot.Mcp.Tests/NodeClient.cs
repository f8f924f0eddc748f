using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Copilot.Mcp.Tests;

/// <summary>The official TypeScript client in a process of its own.</summary>
internal sealed class NodeClient : IDisposable
{
    /// <summary>What "npm ci" installs; a test that needs it names this.</summary>
    public const string Packages = "tests/Copilot.Mcp.Tests/node/node_modules/@modelcontextprotocol/sdk";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private NodeClient(Process process) => this._process = process;

    public static NodeClient Start(Uri address, string tool, string arguments)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Path.Combine(Here(), "node"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["client.mjs", address.AbsoluteUri, tool, arguments])
            start.ArgumentList.Add(argument);
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1,localhost";
        return new NodeClient(Process.Start(start)!);
    }

    public async Task<JsonNode> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var errors = _process.StandardError.ReadToEndAsync(patience.Token);
        return JsonNode.Parse(
            await _process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"The client ended without a word: {await errors}")
        )!;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
