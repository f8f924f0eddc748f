using System.CommandLine;
using Copilot.Cli.Importing.Sending;

namespace Copilot.Cli.Importing;

/// <summary><c>copilot import PATH… [--url URL] [--shift-to now]</c></summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Folders (*.otlp.jsonl.gz at any depth, changes.jsonl, catalog/, runbooks/) or single files (also Jaeger's and Zipkin's JSON).",
        };
        var url = CopilotUrl.Option();
        var key = new Option<string?>("--key") { Description = "The sender's key, where the copilot asks for one.", HelpName = "KEY" };
        var shift = new Option<string?>("--shift-to")
        {
            Description = "'now': moves all times so that the newest telemetry is of this moment.",
            HelpName = "now",
        };
        shift.AcceptOnlyFromAmong("now");

        var command = new Command("import", "Brings recorded telemetry, changes, catalogue and runbooks into a running copilot.") { paths, url, key, shift };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new ImportClient(parsed.GetValue(url)!, parsed.GetValue(key));
            var import = new Import(client, TimeProvider.System, Console.Out, Console.Error);
            return await import.RunAsync(parsed.GetValue(paths)!, shiftToNow: parsed.GetValue(shift) is not null, cancellationToken);
        });
        return command;
    }
}
