using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Deletion;

/// <summary>Which telemetry is to go: of one service, of a stretch of time, of whoever an attribute's value names; each narrows the
/// others.</summary>
public sealed record DeletionScope
{
    private const int LongestText = 1_000;

    /// <summary>Null: of all services.</summary>
    public string? Service { get; private init; }

    /// <summary>Whole minutes: figures are kept by them.</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>Of a span, its resource, an event, a link, a log record or a series; whole traces go that carry it anywhere.</summary>
    public string? AttributeKey { get; private init; }

    public string? AttributeValue { get; private init; }

    /// <summary>True where figures go by their rows alone: everything in the window, or everything of one service in it.</summary>
    public bool TakesAll => AttributeKey is null;

    /// <summary>True where nothing of the service is to stay.</summary>
    public bool TakesService(DateTimeOffset now) => TakesAll && Service is not null && Window.FromNs == 0 && Window.To >= now;

    /// <param name="from">Null: from the beginning.</param>
    /// <param name="to">Null: to the end of this minute.</param>
    /// <param name="attribute"><c>key=value</c>; a number is its text.</param>
    /// <exception cref="ArgumentException">It is no scope; the message says what to change.</exception>
    public static DeletionScope Of(string? service, DateTimeOffset? from, DateTimeOffset? to, string? attribute, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(service) && string.IsNullOrEmpty(attribute) && from is null && to is null)
            throw new ArgumentException("Say what is to go: a service, a stretch of time, or an attribute's value.");
        foreach (var text in (string?[])[service, attribute])
        {
            if (text?.Length > LongestText)
                throw new ArgumentException("A service or an attribute is at most 1,000 characters long.");
        }

        var equals = attribute?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        if (!string.IsNullOrEmpty(attribute) && (equals <= 0 || equals == attribute.Length - 1))
            throw new ArgumentException($"An attribute is given as key=value, such as user.id=42; '{attribute}' is not.");
        var window = new TimeWindow(Minute("from", from) ?? 0, Minute("to", to) ?? NextMinute(now));
        if (window.IsEmpty)
            throw new ArgumentException("The end lies before the beginning.");
        return new DeletionScope
        {
            Service = string.IsNullOrEmpty(service) ? null : service,
            Window = window,
            AttributeKey = equals > 0 ? attribute![..equals] : null,
            AttributeValue = equals > 0 ? attribute![(equals + 1)..] : null,
        };
    }

    /// <summary>The same scope has the same digest: what is deleted is what a preview told.</summary>
    public string Digest()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Service}\0{Window.FromNs}\0{Window.ToNs}\0{AttributeKey}\0{AttributeValue}"
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    /// <summary>For records that last: of an attribute its key alone, since its value may be what is to be forgotten.</summary>
    public string Told()
    {
        var parts = new List<string>();
        if (Service is not null)
            parts.Add($"of {Service}");
        if (AttributeKey is not null)
            parts.Add($"with a value of {AttributeKey}");
        if (Window.FromNs > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"from {Window.From:yyyy-MM-dd'T'HH:mm'Z'}"));
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"to {Window.To:yyyy-MM-dd'T'HH:mm'Z'}"));
        return string.Join(' ', parts);
    }

    internal static DeletionScope Stored(string? service, TimeWindow window, string? key, string? value) =>
        new()
        {
            Service = service,
            Window = window,
            AttributeKey = key,
            AttributeValue = value,
        };

    private static long? Minute(string name, DateTimeOffset? time)
    {
        if (time is not { } given)
            return null;
        var nanos = UnixNanos.From(given);
        return nanos >= 0 && nanos % UnixNanos.PerMinute == 0
            ? nanos
            : throw new ArgumentException($"'{name}' is a whole minute, since figures are kept by the minute.");
    }

    private static long NextMinute(DateTimeOffset now)
    {
        var nanos = UnixNanos.From(now);
        return nanos - (nanos % UnixNanos.PerMinute) + UnixNanos.PerMinute;
    }
}
