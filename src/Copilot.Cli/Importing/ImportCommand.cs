using System.CommandLine;
using System.Globalization;

namespace Copilot.Cli.Importing;

/// <summary><c>copilot import PATH… [--url URL] [--shift-to now]</c></summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Arity = ArgumentArity.OneOrMore,
            Description =
                "Folders (*.otlp.jsonl.gz at any depth, changes.jsonl, catalog/, runbooks/) or single files (also "
                + "Jaeger's and Zipkin's JSON).",
        };
        var url = CopilotUrl.Option();
        var key = new Option<string?>("--key")
        {
            Description = $"The sender's key, where the copilot asks for one; the variable {CopilotHttp.Variable} says it unseen.",
            HelpName = "KEY",
        };
        var shift = new Option<string?>("--shift-to")
        {
            Description = "'now': moves all times so that the newest telemetry is of this moment.",
            HelpName = "now",
        };
        shift.AcceptOnlyFromAmong("now");

        var command = new Command("import", "Brings recorded telemetry, changes, catalogue and runbooks into a running copilot.")
        {
            paths,
            url,
            key,
            shift,
        };
        StrayOptions.Refuse(command, paths);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = new ImportClient(
                    parsed.GetValue(url)!,
                    parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(CopilotHttp.Variable)
                );
                var import = new Import(client, TimeProvider.System, Console.Out, Console.Error);
                return await import.RunAsync(parsed.GetValue(paths)!, shiftToNow: parsed.GetValue(shift) is not null, cancellationToken);
            }
        );
        return command;
    }
}

/// <summary>A bar that grows on a terminal; nothing where the output goes into a file.</summary>
internal sealed class ImportProgress(TextWriter output, bool onTerminal, long total, TimeProvider time)
{
    private const int Width = 40;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private long _done;
    private long _inFile;
    private long _shown;

    public void FileDone(long length)
    {
        _done += length;
        _inFile = 0;
        Show("", always: true);
    }

    public void At(string file, long position)
    {
        _inFile = position;
        Show(file, always: false);
    }

    public void Clear()
    {
        if (onTerminal)
            output.Write("\r\u001b[K");
    }

    private void Show(string file, bool always)
    {
        if (!onTerminal || total == 0)
            return;
        if (!always && time.GetElapsedTime(_shown) < Pace)
            return;
        _shown = time.GetTimestamp();
        var share = Math.Min(1, (double)(_done + _inFile) / total);
        var filled = (int)(share * Width);
        output.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\r\u001b[K[{new string('#', filled)}{new string('.', Width - filled)}] {share * 100:0} % {file}"
            )
        );
    }
}
