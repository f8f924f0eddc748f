using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Copilot.Instrument.Running;

namespace Copilot.Cli.Instrumenting;

/// <summary>The program that was asked for, with this process's input and output; it gets the signals that end it.</summary>
internal static class TracedProcess
{
    public static async Task<int> RunAsync(RunPlan plan)
    {
        var start = new ProcessStartInfo(plan.Command[0], plan.Command.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in plan.Set)
            start.Environment[name] = value;
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            await Console.Error.WriteLineAsync($"{plan.Command[0]}: {failure.Message}");
            return 127;
        }

        using (process)
        {
            // A terminal sends its interrupt to the program as well; this process only has to outlive it.
            using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
            using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Pass(signal, process, "TERM"));
            using var hung = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Pass(signal, process, "HUP"));
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode;
        }
    }

    private static void Pass(PosixSignalContext signal, Process process, string name)
    {
        signal.Cancel = true;
        if (process.HasExited)
            return;
        var number = process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"kill -{name} {number}"]) { UseShellExecute = false });
        kill?.WaitForExit();
    }
}
