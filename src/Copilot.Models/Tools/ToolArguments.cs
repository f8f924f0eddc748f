using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Models.Tools;

/// <summary>What a tool was called with, checked and made typed; a complaint says what to pass instead.</summary>
/// <param name="zone">The asker's zone, in which the answers tell times.</param>
internal sealed partial class ToolArguments(KnownNames catalogue, DateTimeOffset asOf, string zone)
{
    public KnownNames Catalogue => catalogue;

    public DateTimeOffset AsOf => asOf;

    /// <exception cref="ArgumentException">A service, operation or time is not to be understood.</exception>
    public QuestionPlan Plan(QuestionKind kind, string[]? services, string[]? operations, string? from, string? to) =>
        new()
        {
            Kind = kind,
            AsOfNs = UnixNanos.From(asOf),
            TimeZone = zone,
            Window = Window(from, to),
            Services = [.. Given(services).Select(Service)],
            Operations = [.. Given(operations).Select(Operation)],
        };

    public PlannedWindow Window(string? from, string? to) => PlannedWindow.At(Times(from, to), "model");

    public TimeWindow Times(string? from, string? to)
    {
        var end = to is { Length: > 0 } ? Time(to, nameof(to)) : asOf;
        var start = from is { Length: > 0 } ? Time(from, nameof(from)) : end - ToolThresholds.UsualWindow;
        if (start >= end)
            throw new ArgumentException($"'from' ({start:O}) must be before 'to' ({end:O}).");
        if (end - start > ToolThresholds.LongestWindow)
            throw new ArgumentException("The window is longer than 31 days; narrow it.");
        return new TimeWindow(start, end);
    }

    /// <summary>A length of time: <c>30s</c>, <c>5m</c>, <c>1h</c>.</summary>
    public static TimeSpan Length(string text, string name) =>
        LengthText().Match(text) is { Success: true } found
        && double.TryParse(found.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? found.Groups["unit"].Value switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" or "min" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                _ => TimeSpan.FromDays(number),
            }
            : throw new ArgumentException($"'{name}' must be a length of time such as 30s, 5m or 1h, not `{text}`.");

    /// <summary>The word that was given, which must be one of these; the first where none was.</summary>
    public static string OneOf(string? given, string name, params string[] words) =>
        string.IsNullOrWhiteSpace(given)
            ? words[0]
            : words.FirstOrDefault(word => word.Equals(given.Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentException($"'{name}' is one of {string.Join(", ", words)}, not `{given}`.");

    public static int Cursor(string? cursor) =>
        string.IsNullOrWhiteSpace(cursor) ? 0
        : int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset
        : throw new ArgumentException($"'cursor' is the cursor of an earlier result of the same call, not `{cursor}`.");

    public ServiceReference Service(string name)
    {
        var known = catalogue.Services.FirstOrDefault(service =>
            string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase)
            || service.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)
        );
        if (known is not null)
            return new ServiceReference(known.Name, known.Instrumented ? ServiceStanding.Instrumented : ServiceStanding.Peer, name);
        if (name == OwnService.Name)
            return new ServiceReference(name, ServiceStanding.Instrumented, name);
        return Nearest.Offered(name, catalogue.Services.Select(service => service.Name)) is { Length: > 0 } offered
            ? throw new ArgumentException($"No service is called `{name}`.{offered}")
            : new ServiceReference(name, ServiceStanding.Unknown, name);
    }

    public string Team(string name) =>
        catalogue.Teams.FirstOrDefault(team => team.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"No team is called `{name}`.{Nearest.Offered(name, catalogue.Teams)}");

    private OperationReference Operation(string name)
    {
        var services = catalogue.Operations.Where(operation => operation.Name == name).Select(operation => operation.Service).ToList();
        return services.Count > 0
            ? new OperationReference(name, services, name)
            : throw new ArgumentException(
                $"No span is called `{name}`."
                    + (
                        Nearest.Offered(name, catalogue.Operations.Select(operation => operation.Name)) is { Length: > 0 } offered
                            ? offered
                            : " find lists the operations of a service."
                    )
            );
    }

    private static IEnumerable<string> Given(string[]? names) => (names ?? []).Where(name => name.Length > 0);

    private DateTimeOffset Time(string text, string name)
    {
        if (text.Trim().Equals("now", StringComparison.OrdinalIgnoreCase))
            return asOf;
        if (text.StartsWith('-'))
            return asOf - Length(text[1..], name);
        return DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : throw new ArgumentException(
                $"'{name}' must be an RFC 3339 time such as 2026-01-31T12:00:00Z, or one before now such as -30m."
            );
    }

    [GeneratedRegex(@"^\s*(?<number>\d+(?:\.\d+)?)\s*(?<unit>ms|s|min|m|h|d)\s*$", RegexOptions.None, PatternThresholds.OfAnswer)]
    private static partial Regex LengthText();
}
