using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Copilot.Cli.Importing;

/// <summary>Moves recorded times by a fixed stretch, so that what happened then can be looked at as if it were of today.</summary>
internal static class TimeShift
{
    /// <summary>
    /// How every time of OTLP's JSON ends: <c>startTimeUnixNano":</c>. Inside a text a quote is escaped, so this cannot be
    /// part of one and be followed by a colon.
    /// </summary>
    private static ReadOnlySpan<byte> KeyEnd => "imeUnixNano\""u8;

    /// <summary>The newest time in a line; 0 where there is none.</summary>
    public static long Newest(ReadOnlySpan<byte> json)
    {
        var newest = 0L;
        for (var at = 0; Next(json, ref at, out var value); )
        {
            if (Utf8Parser.TryParse(json[value], out long nanos, out _))
                newest = Math.Max(newest, nanos);
        }

        return newest;
    }

    /// <summary>The time that a member of a JSON object holds, in nanoseconds; 0 where there is none.</summary>
    public static long NewestOf(string member, ReadOnlySpan<byte> json)
    {
        try
        {
            return
                JsonNode.Parse(json) is JsonObject item
                && item[member] is JsonValue value
                && value.TryGetValue<string>(out var text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? (time - DateTimeOffset.UnixEpoch).Ticks * 100
                : 0;
        }
        catch (System.Text.Json.JsonException)
        {
            // What is wrong with it is told when it is sent.
            return 0;
        }
    }

    /// <summary>The line with all its times moved; a time of 0 means "not given" and stays.</summary>
    public static byte[] Move(ReadOnlySpan<byte> json, long nanos)
    {
        var moved = new MemoryStream(json.Length + 64);
        var copied = 0;
        Span<byte> digits = stackalloc byte[20];
        for (var at = 0; Next(json, ref at, out var value); )
        {
            if (!Utf8Parser.TryParse(json[value], out long time, out _) || time == 0)
                continue;
            moved.Write(json[copied..value.Start]);
            Utf8Formatter.TryFormat(Math.Max(1, time + nanos), digits, out var written);
            moved.Write(digits[..written]);
            copied = value.End.Value;
        }

        moved.Write(json[copied..]);
        return moved.ToArray();
    }

    /// <summary>Moves the members of these names, wherever they are, that hold a time with its offset.</summary>
    public static void Move(JsonNode? node, TimeSpan by, params ReadOnlySpan<string> members)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Move(item, by, members);
        }
        else if (node is JsonObject item)
        {
            foreach (var (name, value) in item.ToList())
            {
                if (
                    members.Contains(name)
                    && value is JsonValue text
                    && text.TryGetValue<string>(out var time)
                    && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
                )
                {
                    item[name] = (parsed + by).ToString("O", CultureInfo.InvariantCulture);
                }
                else
                {
                    Move(value, by, members);
                }
            }
        }
    }

    /// <summary>The digits after the next key of a time.</summary>
    private static bool Next(ReadOnlySpan<byte> json, ref int at, out Range value)
    {
        while (true)
        {
            var found = json[at..].IndexOf(KeyEnd);
            if (found < 0)
            {
                value = default;
                return false;
            }

            at += found + KeyEnd.Length;
            if (json[at - KeyEnd.Length - 1] is not ((byte)'t' or (byte)'T'))
                continue;
            var start = at;
            while (start < json.Length && json[start] is (byte)' ')
                start++;
            if (start >= json.Length || json[start] != (byte)':')
                continue;
            start++;
            while (start < json.Length && json[start] is (byte)' ' or (byte)'"')
                start++;
            var end = start;
            while (end < json.Length && char.IsAsciiDigit((char)json[end]))
                end++;
            if (end == start)
                continue;
            at = end;
            value = start..end;
            return true;
        }
    }
}
