using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Models.Audit;

namespace Copilot.Models.Tools;

/// <summary>
/// An answer's data as a model reads it, in the shape of the API, with who wrote each text: what is not said to be known here (bodies of
/// logs, values of attributes, summaries of changes) is a stranger's. Attributes of records are pairs, since a stranger wrote their keys
/// too.
/// </summary>
internal static class AnswerTable
{
    private static readonly ResultCases<JsonObject> Cases = new()
    {
        Scalar = one =>
            new()
            {
                ["kind"] = Word("scalar"),
                ["name"] = Word(one.Name),
                ["value"] = one.Value,
                ["unit"] = Word(one.Unit),
            },
        Comparison = two =>
            new()
            {
                ["kind"] = Word("comparison"),
                ["name"] = Word(two.Name),
                ["unit"] = Word(two.Unit),
                ["before"] = two.Before,
                ["after"] = two.After,
            },
        Series = series =>
            new()
            {
                ["kind"] = Word("series"),
                ["name"] = Word(series.Name),
                ["unit"] = Word(series.Unit),
                ["points"] = Items(series.Points, point => new JsonArray(KnownText.Time(point.Time), point.Value)),
            },
        Services = services => Listed("services", services.Items, Service),
        Operations = operations => Listed("operations", operations.Items, Operation),
        Traces = traces => Counted(Listed("traces", traces.Items, Trace), traces.Total),
        Trace = trace =>
            new()
            {
                ["kind"] = Word("trace"),
                ["traceId"] = Id(trace.TraceId),
                ["durationMs"] = trace.DurationMs,
                ["services"] = KnownText.List(trace.Services, KnownAs.Service),
                ["criticalPath"] = Items(
                    trace.CriticalPath,
                    step => new JsonObject
                    {
                        ["service"] = Named(step.Service),
                        ["operation"] = Span(step.Operation),
                        ["selfMs"] = step.SelfMs,
                    }
                ),
            },
        Table = table => Counted(Rows(table, DerivedFigures.Shares(table)), table.Total),
        Period = period =>
            new()
            {
                ["kind"] = Word("period"),
                ["from"] = KnownText.Time(period.From),
                ["to"] = Time(period.To),
                ["ongoing"] = period.Ongoing,
                ["service"] = KnownText.Leaf(period.Service, KnownAs.Service),
                ["operation"] = KnownText.Leaf(period.Operation, KnownAs.Operation),
                ["name"] = Word(period.Name),
                ["unit"] = Word(period.Unit),
                ["before"] = period.Before,
                ["peak"] = period.Peak,
                ["peakAt"] = Time(period.PeakAt),
            },
        Errors = errors => Listed("errors", errors.Items, Group),
        Breakdown = values =>
            new()
            {
                ["kind"] = Word("breakdown"),
                ["attribute"] = KnownText.Leaf(values.Attribute, KnownAs.Attribute),
                ["items"] = Items(values.Items, Value),
                ["name"] = Word(values.Name),
                ["unit"] = Word(values.Unit),
            },
        Logs = logs => Counted(Listed("logs", logs.Items, Record), logs.Total),
        Changes = changes => Listed("changes", changes.Items, Change),
        Owners = owners => Listed("owners", owners.Items, Owner),
        Choices = choices => new() { ["kind"] = Word("choices"), ["items"] = KnownText.List(choices.Items, KnownAs.Told) },
        None = _ => new() { ["kind"] = Word("none") },
    };

    public static JsonObject Of(AnswerResult result) => result.Match(Cases);

    // Beside the counts stand the shares that they have of their sum.
    private static JsonObject Rows(TableResult table, IReadOnlyList<(string Name, IReadOnlyList<double?> Shares)> shares) =>
        new()
        {
            ["kind"] = Word("table"),
            ["columns"] = Items([.. table.Columns, .. shares.Select(share => new TableColumn(share.Name, "1"))], Column),
            ["rows"] = new JsonArray([
                .. table.Rows.Select(
                    (row, place) =>
                        (JsonNode)
                            new JsonArray([
                                .. row.Select((cell, n) => Cell(table.Columns[n], cell)),
                                .. shares.Select(share => (JsonNode?)share.Shares[place]),
                            ])
                ),
            ]),
        };

    private static JsonObject Column(TableColumn column) =>
        new()
        {
            ["name"] = KnownText.Leaf(
                column.Name,
                column.Unit is not null || column.Name is "service" or "operation" or "time" ? KnownAs.Word : KnownAs.Attribute
            ),
            ["unit"] = Word(column.Unit),
        };

    // What stands under an attribute's name is a stranger's, also where it looks like a service or a time.
    private static JsonNode? Cell(TableColumn column, object? cell) =>
        (TableColumn.Plain(cell), column.Name) switch
        {
            (null, _) => null,
            (long whole, _) => whole,
            (double fraction, _) => fraction,
            (string service, "service") => Named(service),
            (string operation, "operation") => Span(operation),
            (string time, "time") => DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var at) ? KnownText.Time(at) : time,
            (var text, _) => (string)text,
        };

    private static JsonObject Group(ErrorGroup group) =>
        new()
        {
            ["service"] = Named(group.Service),
            ["type"] = group.Type,
            ["message"] = group.Message,
            ["count"] = group.Count,
            ["firstSeen"] = KnownText.Time(group.FirstSeen),
            ["lastSeen"] = KnownText.Time(group.LastSeen),
            ["traceIds"] = KnownText.List(group.TraceIds, KnownAs.Id),
            ["stackTrace"] = group.StackTrace,
        };

    private static JsonObject Service(ServiceItem item) =>
        new()
        {
            ["service"] = Named(item.Service),
            ["role"] = Word(item.Role),
            ["score"] = item.Score,
            ["owner"] = KnownText.Leaf(item.Owner, KnownAs.Team),
        };

    private static JsonObject Operation(OperationItem item) =>
        new()
        {
            ["service"] = Named(item.Service),
            ["operation"] = Span(item.Operation),
            ["value"] = item.Value,
            ["unit"] = Word(item.Unit),
        };

    private static JsonObject Trace(TraceItem item) =>
        new()
        {
            ["traceId"] = Id(item.TraceId),
            ["start"] = KnownText.Time(item.Start),
            ["durationMs"] = item.DurationMs,
            ["rootService"] = Named(item.RootService),
            ["rootOperation"] = Span(item.RootOperation),
            ["errorSpans"] = item.ErrorSpans,
        };

    private static JsonObject Value(BreakdownItem item) =>
        new()
        {
            ["value"] = item.Value,
            ["count"] = item.Count,
            ["share"] = item.Share,
            ["lift"] = item.Lift,
            ["measured"] = item.Measured,
        };

    private static JsonObject Record(LogItem item) =>
        new()
        {
            ["time"] = KnownText.Time(item.Time),
            ["service"] = Named(item.Service),
            ["severity"] = item.Severity,
            ["body"] = item.Body,
            ["traceId"] = Id(item.TraceId),
            ["spanId"] = Id(item.SpanId),
            ["attributes"] = item.Attributes is { ValueKind: JsonValueKind.Object } attributes
                ? new JsonArray([.. SpanTable.Pairs(attributes)])
                : null,
        };

    private static JsonObject Change(ChangeItem item) =>
        new()
        {
            ["time"] = KnownText.Time(item.Time),
            ["service"] = Named(item.Service),
            ["kind"] = item.Kind,
            ["version"] = KnownText.Leaf(item.Version, KnownAs.Version),
            ["summary"] = item.Summary,
        };

    private static JsonObject Owner(OwnerItem item) =>
        new()
        {
            ["service"] = Named(item.Service),
            ["team"] = KnownText.Leaf(item.Team, KnownAs.Team),
            ["people"] = Items(item.People, Person),
            ["channel"] = KnownText.Leaf(item.Channel, KnownAs.Document),
            ["source"] = KnownText.Leaf(item.Source, KnownAs.Document),
            ["suggested"] = KnownText.Leaf(item.Suggested, KnownAs.Told),
        };

    private static JsonObject Person(OwnerPerson person)
    {
        var told = new JsonObject
        {
            ["name"] = KnownText.Leaf(person.Name, KnownAs.Person),
            ["contact"] = KnownText.Leaf(person.Contact, KnownAs.Document),
            ["onCall"] = person.OnCall,
        };
        if (person.Level is { } level)
            told["level"] = level;
        return told;
    }

    private static JsonObject Listed<T>(string kind, IEnumerable<T> items, Func<T, JsonNode> shown) =>
        new() { ["kind"] = Word(kind), ["items"] = Items(items, shown) };

    private static JsonObject Counted(JsonObject list, long total)
    {
        list["total"] = total;
        return list;
    }

    private static JsonArray Items<T>(IEnumerable<T> items, Func<T, JsonNode> shown) => new([.. items.Select(shown)]);

    private static JsonNode? Time(DateTimeOffset? time) => time is { } at ? KnownText.Time(at) : null;

    private static JsonNode? Word(string? word) => KnownText.Leaf(word, KnownAs.Word);

    private static JsonNode? Named(string service) => KnownText.Leaf(service, KnownAs.Service);

    private static JsonNode? Span(string operation) => KnownText.Leaf(operation, KnownAs.Operation);

    private static JsonNode? Id(string? id) => KnownText.Leaf(id, KnownAs.Id);
}
