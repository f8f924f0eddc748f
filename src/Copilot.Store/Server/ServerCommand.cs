using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Copilot.Store.Server;

/// <summary>One run of a Postgres program, with what it printed.</summary>
internal sealed record ServerCommand(int ExitCode, string Output)
{
    public static async Task<ServerCommand> RunAsync(
        string file, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // "/" because the unprivileged user may not be allowed into the app's own working folder.
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment.Remove("PGDATA");

        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new StoreException($"{file} could not be started: {failure.Message}", failure);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new StoreException($"{file} did not finish within {timeout.TotalSeconds:0} seconds. It printed: {Text(output)}");
        }

        return new ServerCommand(process.ExitCode, Text(output));
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
        {
            if (line is not null && output.Length < 20_000) output.AppendLine(line);
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output) return output.ToString().Trim();
    }
}
