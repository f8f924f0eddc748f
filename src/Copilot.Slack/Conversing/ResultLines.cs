using Copilot.Answers.Contract;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>The first rows of a result as Markdown lines; the whole of it is in the browser.</summary>
internal static class ResultLines
{
    private static readonly ResultCases<IReadOnlyList<string>> Cases = new()
    {
        Scalar = scalar => [$"*{Hostile.Markdown(scalar.Name)}*: **{Measured(scalar.Value, scalar.Unit)}**"],
        Services = services =>
            Rows(
                "Services",
                services.Items,
                item => $"{Hostile.Code(item.Service)} {item.Role}{(item.Owner is null ? "" : $", {Hostile.Markdown(item.Owner)}")}"
            ),
        Operations = operations =>
            Rows(
                "Operations",
                operations.Items,
                item => $"{Hostile.Code(item.Service)} {Hostile.Code(item.Operation)}: {Measured(item.Value, item.Unit)}"
            ),
        Traces = traces =>
            Rows(
                "Traces",
                traces.Items,
                item =>
                    $"[{item.TraceId[..Math.Min(8, item.TraceId.Length)]}](/trace/{item.TraceId}) "
                    + $"{Hostile.Code(item.RootService)} {Hostile.Code(item.RootOperation, 80)}: "
                    + $"{Quantity.Text(item.DurationMs, "ms")}, {item.ErrorSpans} error spans",
                traces.Total
            ),
        Owners = owners => Rows("Owners", owners.Items, Owner),
        Table = table => Rows(Heading(table), table.Rows, row => TableRow(table.Columns, row), table.Total),
        Period = Lasting,
        Errors = errors => Rows("Errors", errors.Items, Error),
        Changes = changes =>
            Rows(
                "Changes",
                changes.Items,
                item =>
                    FormattableString.Invariant($"{item.Time.UtcDateTime:HH:mm:ss} UTC {Hostile.Code(item.Service)} ")
                    + FormattableString.Invariant($"{Hostile.Markdown(item.Kind)}: {Hostile.Markdown(item.Summary, 150)}")
            ),
        Breakdown = breakdown =>
            Rows(
                breakdown.Attribute,
                breakdown.Items,
                item =>
                    FormattableString.Invariant($"{Hostile.Code(item.Value)}: ")
                    + (item.Measured is { } measured ? $"**{Measured(measured, breakdown.Unit ?? "")}**, " : "")
                    + FormattableString.Invariant($"{Quantity.Count(item.Count)} ({Quantity.Percent(item.Share)})")
            ),
        Comparison = comparison =>
            [
                $"*{Hostile.Markdown(comparison.Name)}*: {Measured(comparison.Before, comparison.Unit)} → "
                    + $"**{Measured(comparison.After, comparison.Unit)}**",
            ],
        Trace = trace =>
            Rows(
                "Where the time went",
                trace.CriticalPath,
                item => $"{Hostile.Code(item.Service)} {Hostile.Code(item.Operation, 80)}: {Quantity.Text(item.SelfMs, "ms")}"
            ),
        Logs = logs =>
            Rows(
                "Log records",
                logs.Items,
                item => $"{Hostile.Code(item.Service)} {Hostile.Markdown(item.Severity, 20)}: {Hostile.Code(item.Body, 160)}",
                logs.Total
            ),
        Choices = choices => Rows("Which of these?", choices.Items, item => Hostile.Markdown(item)),
        Series = Turns,
        // The text of the answer says what there is to say.
        None = _ => [],
    };

    public static IReadOnlyList<string> Of(AnswerResult result) => result.Match(Cases);

    /// <summary>The lines of several results, with an empty one between them.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<AnswerResult> results) =>
        [.. results.Select(Of).Where(lines => lines.Count > 0).SelectMany((lines, n) => n == 0 ? lines : lines.Prepend(string.Empty))];

    private static string Heading(TableResult table) => $"By {table.Columns.FirstOrDefault(column => column.Unit is null)?.Name ?? "row"}";

    // What the row is about, then what was measured of it: a row of five numbers without their names says nothing.
    private static string TableRow(IReadOnlyList<TableColumn> columns, IReadOnlyList<object?> row)
    {
        var cells = columns.Zip(row).Take(SlackTelling.Columns).ToList();
        var about = cells
            .Where(cell => cell.First.Unit is null)
            .Select(cell => Hostile.Code(cell.First.Text(cell.Second), SlackTelling.Cell));
        var measured = cells
            .Where(cell => cell.First.Unit is not null)
            .Select(cell =>
                $"{Hostile.Markdown(cell.First.Name, SlackTelling.Cell)} "
                + Hostile.Markdown(cell.First.Text(cell.Second), SlackTelling.Cell)
            )
            .ToList();
        var line = string.Join(" · ", about);
        if (measured.Count > 0)
            line += $"{(line.Length > 0 ? ": " : "")}{string.Join(", ", measured)}";
        return columns.Count > SlackTelling.Columns ? $"{line}, …" : line;
    }

    private static List<string> Lasting(PeriodResult period)
    {
        var about = string.Concat(new[] { period.Service, period.Operation }.OfType<string>().Select(name => $" {Hostile.Code(name, 80)}"));
        var end = period switch
        {
            { Ongoing: true } => "going on",
            { To: { } to } => $"to {Clock(to)}, {Quantity.Duration((to - period.From).TotalMilliseconds)}",
            _ => "end unknown",
        };
        var lines = new List<string> { $"*{Hostile.Markdown(period.Name)}*{about}: from {Clock(period.From)}, **{end}**" };
        if (period.Before is { } before)
            lines.Add($"- before: {Measured(before, period.Unit)}");
        if (period.Peak is { } peak)
            lines.Add($"- peak: {Measured(peak, period.Unit)}{(period.PeakAt is { } at ? $" at {Clock(at)}" : "")}");
        return lines;
    }

    private static string Error(ErrorGroup group)
    {
        var trace =
            group.TraceIds.Count > 0 ? $", [{group.TraceIds[0][..Math.Min(8, group.TraceIds[0].Length)]}](/trace/{group.TraceIds[0]})" : "";
        var what = string.Join(" ", new[] { group.Type, group.Message }.OfType<string>().Select(text => Hostile.Code(text, 120)));
        return $"{Quantity.Count(group.Count)} × {Hostile.Code(group.Service)} "
            + $"{(what.Length > 0 ? what : "without a message")}: {Clock(group.FirstSeen)} to {Clock(group.LastSeen)}{trace}";
    }

    // A metric's unit is a sender's word too.
    private static string Measured(double value, string unit) => Hostile.Markdown(Quantity.Text(value, unit), SlackTelling.Cell);

    private static string Clock(DateTimeOffset time) => FormattableString.Invariant($"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    /// <summary>The points that tell the course of a measure; of equal ones the earliest.</summary>
    private static List<string> Turns(SeriesResult series)
    {
        var points = series.Points.OrderBy(point => point.Time).ToArray();
        if (points.Length == 0)
            return [];
        (string Name, SeriesPoint Point)[] turns =
        [
            ("first", points[0]),
            ("last", points[^1]),
            ("lowest", points.MinBy(point => point.Value)),
            ("highest", points.MaxBy(point => point.Value)),
        ];
        return
        [
            $"*{Hostile.Markdown(series.Name)}* `{Sparkline.Of([.. points.Select(point => point.Value)])}`",
            .. turns.Select(turn => $"- {turn.Name}: {Measured(turn.Point.Value, series.Unit)} at {Clock(turn.Point.Time)}"),
        ];
    }

    private static string Owner(OwnerItem item)
    {
        var onCall = item.People.Where(person => person.OnCall).Select(person => Hostile.Markdown(person.Name)).ToArray();
        var team = item.Team is null
            ? $"nobody{(item.Suggested is null ? "" : $" (perhaps {Hostile.Markdown(item.Suggested)})")}"
            : $"**{Hostile.Markdown(item.Team)}**";
        return $"{Hostile.Code(item.Service)}: {team}"
            + (onCall.Length == 0 ? "" : $", on call {string.Join(", ", onCall)}")
            + (item.Channel is null ? "" : $", {Hostile.Markdown(item.Channel)}");
    }

    private static List<string> Rows<T>(string heading, IReadOnlyList<T> items, Func<T, string> line, long? total = null)
    {
        if (items.Count == 0)
            return [];
        var lines = items.Take(SlackTelling.Rows).Select(item => "- " + line(item)).ToList();
        var all = Math.Max(total ?? 0, items.Count);
        if (all > lines.Count)
            lines.Add(FormattableString.Invariant($"- … {all - lines.Count} more in the browser"));
        return [$"**{Hostile.Markdown(heading, SlackTelling.Cell)}**", .. lines];
    }
}
