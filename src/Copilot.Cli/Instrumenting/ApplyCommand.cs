using System.CommandLine;
using Copilot.Instrument.Applying;
using Copilot.Instrument.Plans;
using Copilot.Instrument.Reading;
using Copilot.Instrument.Scanning;

namespace Copilot.Cli.Instrumenting;

/// <summary><c>copilot instrument apply [--revert] PATH…</c></summary>
internal static class ApplyCommand
{
    public static Command Create()
    {
        var (fleet, change) = (new FleetOptions(), new ChangeOptions());
        var revert = new Option<bool>("--revert") { Description = "Takes back what apply did, to the byte; with --wave only that wave." };
        var command = new Command(
            "apply",
            "Writes the plan's changes into the files below PATH, in place; what is there stays to the byte. "
                + "Applying twice changes nothing. "
                + "Touches no cluster. Exit code 0: all is done; 3: something was left, and why is told."
        )
        {
            revert,
        };
        fleet.AddTo(command);
        change.AddTo(command, isApply: true);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(change.Plan) is not null && parsed.GetValue(change.Wave) is null)
                parsed.AddError("--plan needs --wave N: which of its waves is to be applied?");
            if (parsed.GetValue(change.Wave) is not null && parsed.GetValue(change.Plan) is null && !parsed.GetValue(revert))
                parsed.AddError("--wave needs --plan FILE, which copilot instrument plan --output json writes.");
        });
        command.SetAction(
            async (parsed, _) =>
                await VerbFailures.TellAsync(async () =>
                    parsed.GetValue(revert)
                        ? await RevertAsync(parsed.GetValue(fleet.Paths)!, parsed.GetValue(change.Wave))
                        : await ApplyAsync(
                            change.Request(parsed, fleet.Scan(parsed, ScanProgress.Of("reading"))),
                            parsed.GetValue(change.Wave)
                        )
                )
        );
        return command;
    }

    private static async Task<int> ApplyAsync(PlanRequest request, int? wave)
    {
        var plan = FleetPlanner.Make(request);
        var result = FleetApply.Apply(plan, TimeProvider.System, Environment.UserName, wave);
        await PlanLines.TellAsync(plan, Console.Error);
        await Console.Out.WriteLineAsync(
            result.Done.Count == 0
                ? "Nothing to change."
                : $"{ScanReport.Count(result.Done.Count, "file")} changed; copilot instrument apply --revert takes it back."
        );
        return await LeftAsync(result);
    }

    private static async Task<int> RevertAsync(IEnumerable<string> paths, int? wave)
    {
        var (done, left) = (new List<string>(), new List<string>());
        foreach (var root in paths.Select(path => ManifestTree.Open(path).Root).Distinct())
        {
            var result = FleetApply.Revert(root, wave);
            done.AddRange(result.Done);
            left.AddRange(result.Left);
        }

        await Console.Out.WriteLineAsync(done.Count == 0 ? "Nothing to take back." : $"{ScanReport.Count(done.Count, "file")} as before.");
        return await LeftAsync(new ApplyResult(done, left));
    }

    private static async Task<int> LeftAsync(ApplyResult result)
    {
        foreach (var left in result.Left)
            await Console.Error.WriteLineAsync(ScanReport.Plain(left));
        return result.Left.Count > 0 ? 3 : 0;
    }
}
