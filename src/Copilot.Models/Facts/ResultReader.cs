using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Models.Audit;
using Copilot.Models.Phrases;
using Copilot.Models.Tools;

namespace Copilot.Models.Facts;

/// <summary>
/// Reads one result of a tool into facts: each object, item and row is an entry with its names, and its numbers are facts by the member or
/// column that holds them. What is told in words besides is read by <see cref="ClaimReader"/> where this code wrote it, and never where a
/// stranger did.
/// </summary>
internal sealed class ResultReader(FactBook book, ToolResult result)
{
    private static readonly HashSet<string> Apart = new(StringComparer.Ordinal)
    {
        "status",
        "told",
        "window",
        "baseline",
        "queries",
        "claims",
        "page",
        "call",
        "stated",
        "before",
    };

    public void Read()
    {
        var tree = result.Tree;
        if (result.Status == "no_data")
            book.Nothing();
        if (result.Status == "ok" && Flag(tree, "everyService") == true)
            book.EveryService();
        var root = book.Entry(new FactEntry());
        (root.Now, root.Before) = (Stretch(tree["window"]), Stretch(tree["baseline"]) ?? Stretch(tree["before"]));
        Bounds(root, root.Now);
        Bounds(root, root.Before);
        Scope(root, tree);
        new CallFacts(book).Read(result.Call, root);
        Members(tree, root, new Context(string.Empty, null, FactUnit.Plain, null, false), Apart);
        foreach (var item in (tree["stated"] as JsonArray ?? []).OfType<JsonObject>())
            Members(item, book.Entry(new FactEntry(root)), new Context(string.Empty, null, FactUnit.Plain, null, false), []);
        if (tree["page"] is JsonObject page)
            Page(page, root);
        foreach (var claim in (tree["claims"] as JsonArray ?? []).Append(tree["shown"]).Select(KnownText.Of))
        {
            if (claim is (var text, KnownAs.Claim))
                ClaimReader.Read(book, text, root);
        }
    }

    // The queries say whose numbers those are that bear no name themselves, and which thresholds they were counted by.
    private void Scope(FactEntry root, JsonObject tree)
    {
        var queries = (tree["queries"] as JsonArray ?? []).Select(query => KnownText.Of(query)).Where(query => query is (_, KnownAs.Query));
        var texts = queries.Select(query => query!.Value.Text).ToList();
        foreach (var query in texts)
            book.Know(query, KnownAs.Query);
        var services = book.ServicesIn(string.Join(' ', texts));
        foreach (var service in services)
            book.Name(root, NameKinds.Service, service);
        root.IsOfMany = services.Count > 1;
        var scope = QueryScope.Of(texts);
        foreach (var (attribute, value) in scope.Values.Where(value => value.Attribute != "service.name"))
        {
            book.Name(root, NameKinds.ValueOf(attribute), value);
            book.Quote(new Quotation(value, attribute, false));
        }

        foreach (var (value, unit) in scope.Numbers)
            root.Facts.Add(new Fact(value, unit, MeasureNames.Asked, FactSide.None, root));
    }

    private static void Page(JsonObject page, FactEntry root)
    {
        foreach (var name in (string[])["total", "shown"])
        {
            if (page[name] is JsonValue count && Number(count) is { } number)
                root.Facts.Add(new Fact(number, FactUnit.Plain, MeasureNames.ListCount, FactSide.None, root));
        }

        if (Number(page["total"]) is { } total && Number(page["shown"]) is { } shown && total > shown)
            root.Facts.Add(new Fact(total - shown, FactUnit.Plain, MeasureNames.ListCount, FactSide.None, root));
    }

    private void Members(JsonObject members, FactEntry entry, Context context, HashSet<string> without)
    {
        context = Own(members, entry, context);
        if (Known(members, "kind") == "period" && Known(members, "from") is { } from && Known(members, "to") is { } to)
            Lasted(entry, from, to);
        entry.OnCall = Flag(members, "onCall") ?? entry.OnCall;
        entry.IsWorse = Flag(members, "clearlyWorse") ?? entry.IsWorse;
        entry.Ongoing = Flag(members, "ongoing") ?? entry.Ongoing;
        Roles(members, entry);
        foreach (var (name, value) in members)
        {
            if (without.Contains(name) || name == StatedTable.Reached)
                continue;
            if (name is "rows" && value is JsonArray rows && members["columns"] is JsonArray columns)
                new TableReader(book, this).Read(rows, columns, entry, Number(members["total"]));
            else
                Member(name, value, entry, context);
        }

        if (members[StatedTable.Reached] is JsonArray reached)
            Reached(reached, entry);
    }

    // Whoever else takes part: the times are theirs too, the figures are not.
    private void Reached(JsonArray reached, FactEntry entry)
    {
        var shared = book.Entry(new FactEntry(entry) { Ongoing = entry.Ongoing });
        shared.Times.AddRange(entry.Times.Select(time => time with { Entry = shared }));
        foreach (var name in reached.Select(KnownText.Of).Where(name => name is (_, KnownAs.Service)).Select(name => name!.Value.Text))
        {
            book.Know(name, KnownAs.Service);
            foreach (
                var peer in entry
                    .Names(NameKinds.Service)
                    .Where(_ => entry.Has(NameKinds.Role, "peer") || entry.Has(NameKinds.Role, "cause"))
            )
                book.Call(name, peer);
            book.Name(shared, NameKinds.Service, name);
        }
    }

    private void Member(string name, JsonNode? value, FactEntry entry, Context context)
    {
        switch (value)
        {
            case JsonArray list:
                Items(name, list, entry, context);
                break;
            case JsonObject side when name is "now" or "before":
                Members(side, entry, context with { Side = name == "now" ? FactSide.Now : FactSide.Before }, []);
                break;
            case JsonObject inner:
                Members(inner, book.Entry(new FactEntry(entry)), context, []);
                break;
            case JsonValue leaf when KnownText.Of(leaf) is var (text, what):
                Text(name, text.Trim(), what, entry, context);
                break;
            case JsonValue leaf when Number(leaf) is { } number:
                Figure(name, number, entry, context);
                break;
            default:
                break;
        }
    }

    private void Items(string name, JsonArray list, FactEntry entry, Context context)
    {
        // How many figures follow from a result says nothing of what was measured.
        if (name != "figures" && name != "columns")
            entry.Facts.Add(new Fact(list.Count, FactUnit.Plain, MeasureNames.ListCount, FactSide.None, entry));
        var found = book.List(name);
        foreach (var item in list)
        {
            switch (item)
            {
                case JsonObject members when name == "figures":
                    Members(members, entry, context, []);
                    break;
                case JsonObject members:
                    var own = book.Entry(new FactEntry(entry));
                    Enlist(own, found);
                    Members(members, own, context, []);
                    break;
                case JsonArray pair when name == "points" && KnownText.Of(pair[0]) is (var time, KnownAs.Time) && At(time) is { } at:
                    var point = book.Entry(new FactEntry(entry));
                    Enlist(point, found);
                    point.Times.Add(new FactTime(at, FactTime.PointRole, point));
                    book.Know(time, KnownAs.Time);
                    if (Number(pair[1]) is { } measured)
                        point.Facts.Add(new Fact(measured, context.Unit, context.Measure, FactSide.None, point, at));
                    break;
                default:
                    Member(name, item, entry, context);
                    break;
            }
        }
    }

    // "ok" of a status and the like say nothing; what says whose or what an entry is, does.
    public void Text(string name, string text, KnownAs? what, FactEntry entry, Context context)
    {
        if (text.Length == 0)
            return;
        switch (what)
        {
            case null:
                book.Quote(new Quotation(text, context.Key ?? OwnKey(name), context.IsRunbook));
                Value(name, text, entry, context);
                break;
            case KnownAs.Claim:
                ClaimReader.Read(book, text, entry);
                break;
            case KnownAs.Told:
                break;
            case KnownAs.Time:
                book.Know(text, KnownAs.Time);
                if (At(text) is { } at)
                    entry.Times.Add(new FactTime(at, name == "at" ? context.Measure : name, entry));
                break;
            case { } known:
                book.Know(text, known);
                if (KindOf(known) is { } kind)
                    book.Name(entry, kind, text);
                break;
        }
    }

    // Kinds of errors and of changes are values that say what they are of.
    private static string? OwnKey(string name) => name is "type" or "kind" ? name : null;

    private void Value(string name, string text, FactEntry entry, Context context)
    {
        if (text.Length > ToolThresholds.Value)
            return;
        var plain = name.StartsWith("quoted", StringComparison.Ordinal) ? char.ToLowerInvariant(name[6]) + name[7..] : name;
        var kind = context.Key is { } key && plain is "value" ? NameKinds.ValueOf(key) : NameKinds.ValueOf(plain);
        if (plain is not ("key" or "stackTrace" or "why"))
            book.Name(entry, kind, text);
    }

    public static void Figure(string name, double number, FactEntry entry, Context context)
    {
        var isMeasured = IsMeasured(name);
        var unit = UnitOf(name, context.Unit);
        var side = name switch
        {
            "before" => FactSide.Before,
            "after" or "peak" when isMeasured => FactSide.Now,
            _ => context.Side,
        };
        var measure =
            isMeasured && context.Measure.Length > 0 ? context.Measure
            : name == "measured" ? context.Measure
            : name;
        DateTimeOffset? at = name == "peak" && entry.Times.Find(time => time.IsPeak) is { } peak ? peak.At : context.At;
        entry.Facts.Add(new Fact(number, unit, measure, side, entry, at));
    }

    private Context Own(JsonObject members, FactEntry entry, Context context)
    {
        if (Known(members, "unit") is { } told)
            context = context with { Unit = UnitOf(told) };
        if (Known(members, "unit") is not null && Known(members, "name") is { } measure)
            context = context with { Measure = measure };
        if (Known(members, "service") is { } service)
            book.NameAnew(entry, [service]);
        if ((KnownText.Of(members["quotedKey"])?.Text ?? Known(members, "attribute")) is { } key)
            context = context with { Key = key };
        if (Known(members, "runbook") is not null)
            context = context with { IsRunbook = true };
        if (Known(members, "at") is { } at)
            context = context with { At = At(at) };
        if (Known(members, "peakAt") is { } peak && At(peak) is { } highest)
            entry.Times.Add(new FactTime(highest, "peakAt", entry));
        return context;
    }

    private void Roles(JsonObject members, FactEntry entry)
    {
        if (entry.Names(NameKinds.Service) is not { Count: 1 } only)
            return;
        var service = only.First();
        if (Known(members, "role") is { } role)
        {
            if (role == "cause")
                book.Blame(service);
            if (role is "cause" or "suspect" or "affected")
                book.Trouble(service);
            entry.Name(NameKinds.Role, role);
            CallFacts.Link(book, result.Call, service, role);
        }

        if (members["clearlyWorse"] is JsonValue worse && members["now"] is JsonObject now)
            book.Well(new HealthRow(service, worse.GetValue<bool>(), Number(now["errorRate"]) ?? 0));
        if (
            Known(members, "name") is MeasureNames.ErrorRate or "failed_count"
            && (Number(members["after"]) ?? Number(members["value"]) ?? Number(members["peak"])) is > CheckingThresholds.WellErrors
        )
            book.Trouble(service);
    }

    private static void Lasted(FactEntry entry, string from, string to)
    {
        if (At(from) is not { } began || At(to) is not { } ended)
            return;
        entry.Facts.Add(new Fact((ended - began).TotalMilliseconds, FactUnit.Duration, "duration", FactSide.None, entry));
        entry.Now = new Stretch(began, ended);
    }

    // The length of a window is a fact, and so are its ends.
    private void Bounds(FactEntry entry, Stretch? stretch)
    {
        if (stretch is null)
            return;
        book.Know(stretch.From.ToString("O", CultureInfo.InvariantCulture), KnownAs.Time);
        book.Know(stretch.To.ToString("O", CultureInfo.InvariantCulture), KnownAs.Time);
        // Of nothing in particular: whatever was measured in it may be told with it.
        entry = book.Entry(new FactEntry());
        entry.Times.Add(new FactTime(stretch.From, "window", entry));
        entry.Times.Add(new FactTime(stretch.To, "window", entry));
        entry.Facts.Add(new Fact((stretch.To - stretch.From).TotalMilliseconds, FactUnit.Duration, "window", FactSide.None, entry));
    }

    public static void Enlist(FactEntry entry, FactList list)
    {
        (entry.List, entry.Rank) = (list, list.Entries.Count);
        list.Entries.Add(entry);
    }

    public static Stretch? Stretch(JsonNode? window) =>
        KnownText.Of(window) is (var text, KnownAs.Time)
        && text.Trim('[', ')').Split(", ") is [var from, var to]
        && At(from) is { } began
        && At(to) is { } ended
            ? new Stretch(began, ended)
            : null;

    public static DateTimeOffset? At(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
            : null;

    public static FactUnit UnitOf(string? told) =>
        told switch
        {
            "ms" => FactUnit.Duration,
            "1" => FactUnit.Ratio,
            "req/s" or "1/s" => FactUnit.Rate,
            "times" => FactUnit.Times,
            _ => FactUnit.Plain,
        };

    // Only what is known says what the rest is: a stranger's text in its place does not.
    private static string? Known(JsonObject members, string name) => KnownText.Of(members[name]) is (var text, not null) ? text : null;

    private static bool? Flag(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    // Members that hold the measure which their object names.
    private static bool IsMeasured(string member) => member is "value" or "before" or "after" or "peak" or "points";

    private static FactUnit UnitOf(string member, FactUnit unit) =>
        member switch
        {
            _ when IsMeasured(member) || member == "measured" => unit,
            "share" or "errorRate" => FactUnit.Ratio,
            "lift" => FactUnit.Times,
            _ when member.EndsWith("Ms", StringComparison.Ordinal) => FactUnit.Duration,
            _ => FactUnit.Plain,
        };

    private static string? KindOf(KnownAs what) =>
        what switch
        {
            KnownAs.Service => NameKinds.Service,
            KnownAs.Operation => NameKinds.Operation,
            KnownAs.Id => NameKinds.Id,
            KnownAs.Team => NameKinds.Team,
            KnownAs.Person => NameKinds.Person,
            KnownAs.Version => NameKinds.Version,
            KnownAs.Document => NameKinds.Document,
            _ => null,
        };

    /// <summary>What the members around say of what stands inside.</summary>
    /// <param name="Key">The attribute whose values stand here.</param>
    internal sealed record Context(string Measure, string? Key, FactUnit Unit, DateTimeOffset? At, bool IsRunbook)
    {
        public FactSide Side { get; init; }
    }
}
