using System.Globalization;
using System.Text.Json;
using Copilot.Store.Reads.Topology;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Checking;

namespace Copilot.Ingest;

/// <summary>Reads changes out of JSON that anyone may have written, one by one, so that a wrong one does not cost the others.</summary>
/// <param name="source">Where they come from, as it is kept beside each.</param>
/// <param name="received">The time of a change that names none; null where each must name its own.</param>
internal sealed class ChangeReader(string source, DateTimeOffset? received)
{
    public const int MostItems = 10_000;

    private const int LongestMisspelt = 40;

    private static readonly string[] Known =
    [
        "time",
        "service",
        "kind",
        "version",
        "previousVersion",
        "summary",
        "author",
        "url",
        "attributes",
    ];

    public List<NewChange> Changes { get; } = [];

    public List<ChangeRefusal> Refused { get; } = [];

    public void Read(int index, JsonElement item)
    {
        try
        {
            if (item.ValueKind != JsonValueKind.Object)
                throw new ChangeFormatException("", "A change is a JSON object.");
            RefuseMisspelt(item);
            var url = Text(item, "url", 2000);
            if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
                throw new ChangeFormatException("url", "url is an absolute http or https address.");
            Changes.Add(
                new NewChange(
                    new Change
                    {
                        Time = Time(item),
                        Service = Required(item, "service", 250),
                        Kind = Required(item, "kind", 60).ToLowerInvariant(),
                        Version = Text(item, "version", 250),
                        PreviousVersion = Text(item, "previousVersion", 250),
                        Summary = Text(item, "summary", 2000) ?? "",
                        Author = Text(item, "author", 250),
                        Url = url,
                        Source = source,
                    },
                    Attributes(item)
                )
            );
        }
        catch (ChangeFormatException failure)
        {
            Refused.Add(new ChangeRefusal(index, failure.Field, failure.Message));
        }
        catch (InvalidOperationException)
        {
            // JSON may spell half of a surrogate pair; no text can hold it.
            Refused.Add(new ChangeRefusal(index, "", "A name or a text of it holds half a character (a surrogate without the other one)."));
        }
    }

    private DateTimeOffset Time(JsonElement item)
    {
        if (Text(item, "time", 60) is not { } text)
            return Received(item);
        if (Moment(text) is { } time)
            return time;
        throw new ChangeFormatException("time", $"time is RFC 3339 with its offset, such as 2026-01-31T09:30:00Z; '{text}' is not.");
    }

    /// <summary>Without a time it happened just now, unless another member tells when: that time would be lost without a word.</summary>
    private DateTimeOffset Received(JsonElement item)
    {
        foreach (var member in Others(item))
        {
            if (
                member.Value.ValueKind == JsonValueKind.String
                && member.Value.GetString() is { Length: <= 60 } told
                && Moment(told) is not null
            )
            {
                throw new ChangeFormatException(
                    "time",
                    $"time is missing, but '{member.Name}' holds a time. Call it time if it is when the change was made, "
                        + "else send time as well."
                );
            }
        }

        return received ?? throw new ChangeFormatException("time", "time is missing: a change that is imported tells when it was made.");
    }

    // An offset is asked for: a time without one means another moment to every reader.
    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && text.Contains('T', StringComparison.OrdinalIgnoreCase)
        && (text.EndsWith('Z') || text.EndsWith('z') || text.LastIndexOfAny(['+', '-']) > 10)
            ? time
            : null;

    /// <summary>A member that is nearly one that is missing was meant to be it; as an attribute nobody would find what it says.</summary>
    private static void RefuseMisspelt(JsonElement item)
    {
        var missing = Known.Where(name => !item.TryGetProperty(name, out _)).ToArray();
        foreach (var member in Others(item))
        {
            if (member.Name.Length <= LongestMisspelt && DidYouMean.Closest(member.Name, missing) is { } meant)
            {
                throw new ChangeFormatException(
                    member.Name,
                    $"A change has no member '{member.Name}'; did you mean '{meant}'? "
                        + "What is meant as it stands goes into \"attributes\"."
                );
            }
        }
    }

    private static IEnumerable<JsonProperty> Others(JsonElement item) =>
        item.EnumerateObject().Where(member => !Known.Contains(member.Name, StringComparer.Ordinal));

    private static string Required(JsonElement item, string name, int longest) =>
        Text(item, name, longest) is { } text && text.Trim().Length > 0
            ? text
            : throw new ChangeFormatException(name, $"{name} is missing.");

    private static string? Text(JsonElement item, string name, int longest)
    {
        if (!item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new ChangeFormatException(name, $"{name} is a text.");
        var text = value.GetString()!;
        if (text.Length > longest)
            throw new ChangeFormatException(
                name,
                string.Create(CultureInfo.InvariantCulture, $"{name} is longer than {longest} characters.")
            );
        return text.Contains('\0', StringComparison.Ordinal)
            ? throw new ChangeFormatException(name, $"{name} holds a NUL character.")
            : text;
    }

    /// <summary>The member "attributes" and every member that is not a change's own.</summary>
    private static string? Attributes(JsonElement item)
    {
        var attributes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (item.TryGetProperty("attributes", out var own) && own.ValueKind != JsonValueKind.Null)
        {
            if (own.ValueKind != JsonValueKind.Object)
                throw new ChangeFormatException("attributes", "attributes is a JSON object.");
            foreach (var attribute in own.EnumerateObject())
                attributes[attribute.Name] = attribute.Value;
        }

        foreach (var other in Others(item))
            attributes[other.Name] = other.Value;
        if (attributes.Count == 0)
            return null;
        var json = JsonSerializer.Serialize(attributes);
        return json.Length > 20_000 || json.Contains("\\u0000", StringComparison.Ordinal)
            ? throw new ChangeFormatException("attributes", "attributes are too long, or hold a NUL character.")
            : json;
    }
}

/// <summary>A change's member is not as it should be.</summary>
internal sealed class ChangeFormatException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}

/// <summary>Why one change of a request was not taken.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Field">The member that is wrong.</param>
public sealed record ChangeRefusal(int Index, string Field, string Message);
