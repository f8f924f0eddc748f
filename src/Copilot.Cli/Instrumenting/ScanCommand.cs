using System.CommandLine;
using Copilot.Instrument.Scanning;

namespace Copilot.Cli.Instrumenting;

/// <summary><c>copilot instrument scan PATH…</c></summary>
internal static class ScanCommand
{
    public static Command Create()
    {
        var fleet = new FleetOptions();
        var output = new Option<string>("--output") { Description = "text, json or markdown.", DefaultValueFactory = _ => "text" };
        output.AcceptOnlyFromAmong("text", "json", "markdown");
        var command = new Command(
            "scan",
            "Says of every workload in which language it runs and from what that is known, whether it is traced, and how it can be. "
                + "Reads files alone and changes nothing."
        )
        {
            output,
        };
        fleet.AddTo(command);
        command.SetAction(
            async (parsed, _) =>
                await VerbFailures.TellAsync(async () =>
                {
                    var scan = fleet.Scan(parsed, ScanProgress.Of("reading"));
                    await Console.Out.WriteAsync(
                        parsed.GetValue(output) switch
                        {
                            "json" => ScanReport.ToJson(scan),
                            "markdown" => ScanReport.ToMarkdown(scan),
                            _ => ScanReport.ToText(scan),
                        }
                    );
                    return 0;
                })
        );
        return command;
    }
}
