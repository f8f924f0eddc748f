using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Telemetry.Text;

namespace Copilot.Cli.Querying;

/// <summary>Times and stretches of time as people write them on a command line. What has no offset is of this machine's zone.</summary>
internal static partial class Moment
{
    public const string Allowed =
        "a time such as 2026-11-28T23:47:00Z, 2026-11-28, 14:30, yesterday, \"yesterday 14:30\", now or \"5m ago\"";

    private static readonly string[] Clocks = ["H:mm", "H:mm:ss"];

    private static readonly string[] Dates =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd H:mm",
        "yyyy-MM-dd H:mm:ss",
        "yyyy-MM-ddTHH:mm",
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
    ];

    public static Option<DateTimeOffset?> Option(string name, string description) =>
        new(name)
        {
            Description = $"{description} {char.ToUpperInvariant(Allowed[0])}{Allowed[1..]}.",
            HelpName = "TIME",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (TryRead(text, TimeProvider.System.GetLocalNow(), out var time))
                    return time;
                result.AddError($"{name} takes {Allowed}; '{text}' is none.");
                return null;
            },
        };

    public static Option<TimeSpan> SpanOption(string name, string description, TimeSpan usual) =>
        new(name)
        {
            Description = description,
            HelpName = "DURATION",
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (WrittenAmount.TryDuration(text, out var span) && span > TimeSpan.Zero)
                    return span;
                result.AddError($"{name} takes a duration such as 5m, 90s, 2h, 1d or 00:15:00; '{text}' is none.");
                return usual;
            },
        };

    /// <param name="now">Now, in the zone that clock times are of.</param>
    public static bool TryRead(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = now;
        var words = Blanks().Replace(text.Trim(), " ").ToLowerInvariant();
        if (words == "now")
            return true;
        if (words.EndsWith(" ago", StringComparison.Ordinal) && WrittenAmount.TryDuration(words[..^4], out var back))
        {
            time = now - back;
            return true;
        }

        if (words is "yesterday" or "today")
        {
            time = words == "today" ? Of(now.Date, now) : now.AddDays(-1);
            return true;
        }

        var (day, clock) =
            words.StartsWith("yesterday ", StringComparison.Ordinal) ? (now.Date.AddDays(-1), words["yesterday ".Length..])
            : words.StartsWith("today ", StringComparison.Ordinal) ? (now.Date, words["today ".Length..])
            : (now.Date, words);
        if (TimeOnly.TryParseExact(clock, Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour))
        {
            time = Of(day + hour.ToTimeSpan(), now);
            // A clock time alone is of the last time that it was that late.
            if (time > now && words == clock)
                time = Of(day.AddDays(-1) + hour.ToTimeSpan(), now);
            return true;
        }

        if (DateTime.TryParseExact(text.Trim(), Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            time = Of(local, now);
            return true;
        }

        return Offset().IsMatch(text) && DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    private static DateTimeOffset Of(DateTime local, DateTimeOffset now) =>
        new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), now.Offset);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    /// <summary>A date with a time and its offset: whatever else .NET reads as one is a guess.</summary>
    [GeneratedRegex(@"^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Offset();
}

/// <summary>The options that say which time is asked about.</summary>
internal sealed class WindowOptions
{
    public Option<TimeSpan> Since { get; } =
        Moment.SpanOption("--since", "How far back from --to, such as 15m, 2h or 1d.", TimeSpan.FromHours(1));

    public Option<DateTimeOffset?> From { get; } = Moment.Option("--from", "Begins the window, instead of --since.");

    public Option<DateTimeOffset?> To { get; } = Moment.Option("--to", "Ends the window; now where absent.");

    /// <summary>Whole seconds, as the HTTP interface counts.</summary>
    public (long From, long To) Read(ParseResult parsed)
    {
        var to = parsed.GetValue(To) ?? TimeProvider.System.GetUtcNow();
        var from = parsed.GetValue(From) ?? to - parsed.GetValue(Since);
        return (from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
    }

    /// <summary>A window that ends before it begins is a slip of whoever wrote it.</summary>
    public void Check(Command command) =>
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(From) is null && parsed.GetResult(To) is null)
                return;
            var (from, to) = (parsed.GetValue(From), parsed.GetValue(To) ?? TimeProvider.System.GetUtcNow());
            if (from >= to)
                parsed.AddError($"--from ({from:O}) is not before --to ({to:O}).");
        });
}
