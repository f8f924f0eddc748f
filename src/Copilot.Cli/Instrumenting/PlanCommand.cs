using System.CommandLine;
using Copilot.Instrument.Plans;

namespace Copilot.Cli.Instrumenting;

/// <summary><c>copilot instrument plan PATH…</c></summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var (fleet, change) = (new FleetOptions(), new ChangeOptions());
        var output = new Option<string>("--output") { Description = "diff, markdown or json.", DefaultValueFactory = _ => "diff" };
        output.AcceptOnlyFromAmong("diff", "markdown", "json");
        var command = new Command(
            "plan",
            "Says what would have to change for the fleet to send spans: as a diff, as a page to review, or "
                + "as the waves that a pipeline runs. "
                + "Changes nothing."
        )
        {
            output,
        };
        fleet.AddTo(command);
        change.AddTo(command);
        command.SetAction(
            async (parsed, _) =>
                await VerbFailures.TellAsync(async () =>
                {
                    var plan = FleetPlanner.Make(change.Request(parsed, fleet.Scan(parsed, ScanProgress.Of("reading"))));
                    await Console.Out.WriteAsync(
                        parsed.GetValue(output) switch
                        {
                            "json" => PlanReport.ToJson(plan),
                            "markdown" => PlanReport.ToMarkdown(plan),
                            _ => PlanReport.ToDiff(plan),
                        }
                    );
                    if (parsed.GetValue(output) == "diff")
                        await PlanLines.TellAsync(plan, Console.Error);
                    return 0;
                })
        );
        return command;
    }
}
