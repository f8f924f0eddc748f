using System.Diagnostics;
using System.Security.Cryptography;

namespace Copilot.Instrument.Tests.Running;

/// <summary>The service and OpenTelemetry's agent, installed once into a folder of the temporary files that is named after its versions.</summary>
internal static class NodePackages
{
    private static readonly SemaphoreSlim Door = new(1, 1);

    public static async Task<string> InstallAsync()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Running", "node");
        var versions = await File.ReadAllBytesAsync(Path.Combine(source, "package.json"));
        var folder = Path.Combine(Path.GetTempPath(), "copilot-js-agent-" + Convert.ToHexStringLower(SHA256.HashData(versions))[..12]);
        await Door.WaitAsync();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.EnumerateFiles(source))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
            var marker = Path.Combine(folder, "installed");
            if (!File.Exists(marker))
            {
                string[] arguments = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
                await RunAsync(
                    new ProcessStartInfo("npm", arguments)
                    {
                        WorkingDirectory = folder,
                        RedirectStandardError = true,
                        RedirectStandardOutput = true,
                    }
                );
                await File.WriteAllTextAsync(marker, "");
            }

            return folder;
        }
        finally
        {
            Door.Release();
        }
    }

    public static async Task RunAsync(ProcessStartInfo start)
    {
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
            throw new TimeoutException($"{start.FileName} did not end.");
        }

        Assert.True(process.ExitCode == 0, $"{start.FileName} ended with {process.ExitCode}: {await output} {await errors}");
    }
}
