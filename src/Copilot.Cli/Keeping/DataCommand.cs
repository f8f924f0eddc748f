using System.CommandLine;
using Copilot.Cli.Guarding;

namespace Copilot.Cli.Keeping;

/// <summary><c>copilot data estimate</c>, <c>delete</c>, <c>deletions</c>, <c>export</c>: what is kept, what is to go.</summary>
internal static class DataCommand
{
    public const string Path = "api/v1/data/";

    public static Command Create() =>
        new("data", "How much telemetry is kept, and what is to go of it.")
        {
            EstimateOf(),
            DeletionCommand.Create(),
            DeletionsOf(),
            ExportCommand.Create(),
        };

    private static Command EstimateOf()
    {
        var spans = new Option<double?>("--spans")
        {
            Description = "Spans a second; as many as came in the last hour without.",
            HelpName = "NUMBER",
        };
        var url = CopilotUrl.Option();
        var command = new Command("estimate", "How large the store gets at a rate of spans, with the settings that it has.") { spans, url };
        command.SetAction(
            (parsed, cancellationToken) =>
                GuardedCall.RunAsync(
                    parsed.GetValue(url)!,
                    Console.Error,
                    http =>
                        http.GetAsync(
                            new Uri(
                                Path
                                    + "estimate"
                                    + (parsed.GetValue(spans) is { } rate ? FormattableString.Invariant($"?spansPerSecond={rate}") : ""),
                                UriKind.Relative
                            ),
                            cancellationToken
                        ),
                    async reply => await DataLines.EstimateAsync(await GuardedCall.ReadAsync(reply, cancellationToken), Console.Out)
                )
        );
        return command;
    }

    private static Command DeletionsOf()
    {
        var url = CopilotUrl.Option();
        var command = new Command("deletions", "What was deleted, the newest first, and how far what goes on is.") { url };
        command.SetAction(
            (parsed, cancellationToken) =>
                GuardedCall.RunAsync(
                    parsed.GetValue(url)!,
                    Console.Error,
                    http => http.GetAsync(new Uri(Path + "deletions/", UriKind.Relative), cancellationToken),
                    async reply => await DataLines.DeletionsAsync(await GuardedCall.ReadAsync(reply, cancellationToken), Console.Out)
                )
        );
        return command;
    }
}
