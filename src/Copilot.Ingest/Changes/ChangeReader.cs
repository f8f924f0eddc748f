using System.Globalization;
using System.Text.Json;
using Copilot.Store.Changes;

namespace Copilot.Ingest.Changes;

/// <summary>Reads changes out of JSON that anyone may have written, one by one, so that a wrong one does not cost the others.</summary>
internal sealed class ChangeReader(string source)
{
    public const int MostItems = 10_000;

    private static readonly string[] Known =
        ["time", "service", "kind", "version", "previousVersion", "summary", "author", "url", "attributes"];

    public List<NewChange> Changes { get; } = [];

    public List<ChangeRefusal> Refused { get; } = [];

    public void Read(int index, JsonElement item)
    {
        try
        {
            if (item.ValueKind != JsonValueKind.Object) throw new ChangeFormatException("", "A change is a JSON object.");
            var url = Text(item, "url", 2000);
            if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
                throw new ChangeFormatException("url", "url is an absolute http or https address.");
            Changes.Add(new NewChange
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
                AttributesJson = Attributes(item),
            });
        }
        catch (ChangeFormatException failure)
        {
            Refused.Add(new ChangeRefusal(index, failure.Field, failure.Message));
        }
    }

    private static DateTimeOffset Time(JsonElement item)
    {
        var text = Required(item, "time", 60);
        // An offset is asked for: a time without one means another moment to every reader.
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && text.Contains('T', StringComparison.OrdinalIgnoreCase)
            && (text.EndsWith('Z') || text.EndsWith('z') || text.LastIndexOfAny(['+', '-']) > 10))
        {
            return time;
        }

        throw new ChangeFormatException("time", $"time is RFC 3339 with its offset, such as 2026-01-31T09:30:00Z; '{text}' is not.");
    }

    private static string Required(JsonElement item, string name, int longest) =>
        Text(item, name, longest) is { } text && text.Trim().Length > 0 ? text : throw new ChangeFormatException(name, $"{name} is missing.");

    private static string? Text(JsonElement item, string name, int longest)
    {
        if (!item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw new ChangeFormatException(name, $"{name} is a text.");
        var text = value.GetString()!;
        if (text.Length > longest)
            throw new ChangeFormatException(name, string.Create(CultureInfo.InvariantCulture, $"{name} is longer than {longest} characters."));
        return text.Contains('\0', StringComparison.Ordinal) ? throw new ChangeFormatException(name, $"{name} holds a NUL character.") : text;
    }

    /// <summary>The member "attributes" and every member that is not a change's own.</summary>
    private static string? Attributes(JsonElement item)
    {
        var attributes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (item.TryGetProperty("attributes", out var own) && own.ValueKind != JsonValueKind.Null)
        {
            if (own.ValueKind != JsonValueKind.Object) throw new ChangeFormatException("attributes", "attributes is a JSON object.");
            foreach (var attribute in own.EnumerateObject()) attributes[attribute.Name] = attribute.Value;
        }

        foreach (var other in item.EnumerateObject().Where(member => !Known.Contains(member.Name, StringComparer.Ordinal))) attributes[other.Name] = other.Value;
        if (attributes.Count == 0) return null;
        var json = JsonSerializer.Serialize(attributes);
        return json.Length > 20_000 || json.Contains("\\u0000", StringComparison.Ordinal)
            ? throw new ChangeFormatException("attributes", "attributes are too long, or hold a NUL character.")
            : json;
    }
}
