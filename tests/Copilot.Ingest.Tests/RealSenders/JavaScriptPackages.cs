using System.Diagnostics;
using System.Security.Cryptography;

namespace Copilot.Ingest.Tests.RealSenders;

/// <summary>OpenTelemetry's JavaScript SDK, installed once into a folder of the temporary files that is named after its versions.</summary>
internal static class JavaScriptPackages
{
    private static readonly SemaphoreSlim Door = new(1, 1);

    /// <summary>The folder that holds the script and what it needs.</summary>
    public static async Task<string> InstallAsync()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "RealSenders");
        var versions = await File.ReadAllBytesAsync(Path.Combine(source, "package.json"));
        var folder = Path.Combine(Path.GetTempPath(), "copilot-js-senders-" + Convert.ToHexStringLower(SHA256.HashData(versions))[..12]);
        await Door.WaitAsync();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in new[] { "package.json", "senders.mjs" })
                File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
            var marker = Path.Combine(folder, "installed");
            if (!File.Exists(marker))
            {
                await RunAsync(folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
                await File.WriteAllTextAsync(marker, "");
            }

            return folder;
        }
        finally
        {
            Door.Release();
        }
    }

    public static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await output} {await errors}");
    }
}
