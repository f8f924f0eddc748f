using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Copilot.Telemetry.Spans;

/// <summary>A W3C span id: 8 bytes, written as 16 lower-case hex digits. Zero is invalid and means "none".</summary>
public readonly record struct SpanId(ulong Value)
{
    public bool IsEmpty => Value == 0;

    /// <summary>The id as Postgres' <c>bigint</c> holds it: the same 64 bits.</summary>
    public long ToInt64() => unchecked((long)Value);

    public static SpanId FromInt64(long value) => new(unchecked((ulong)value));

    /// <summary>Reads 16 hex digits of either case; false for anything else, all zeros included.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SpanId id)
    {
        id = default;
        return text is { Length: 16 }
            && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && !(id = new SpanId(value)).IsEmpty;
    }

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
