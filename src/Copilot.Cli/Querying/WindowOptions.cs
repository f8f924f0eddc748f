using System.CommandLine;

namespace Copilot.Cli.Querying;

/// <summary>The options that say which time is asked about.</summary>
internal sealed class WindowOptions
{
    public Option<TimeSpan> Since { get; } = new("--since")
    {
        Description = "How far back from --to, such as 00:15:00 or 1.00:00:00.",
        HelpName = "TIMESPAN",
        DefaultValueFactory = _ => TimeSpan.FromHours(1),
    };

    public Option<DateTimeOffset?> From { get; } = new("--from") { Description = "Begins the window, instead of --since.", HelpName = "TIME" };

    public Option<DateTimeOffset?> To { get; } = new("--to") { Description = "Ends the window; now where absent.", HelpName = "TIME" };

    /// <summary>Whole seconds, as the HTTP interface counts.</summary>
    public (long From, long To) Read(ParseResult parsed)
    {
        var to = parsed.GetValue(To) ?? TimeProvider.System.GetUtcNow();
        var from = parsed.GetValue(From) ?? to - parsed.GetValue(Since);
        return (from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
    }
}
