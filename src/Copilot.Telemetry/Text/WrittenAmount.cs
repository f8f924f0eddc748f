using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Telemetry.Text;

/// <summary>Amounts as people write them where they set something up: 90s, 2h, 1h30m, 64MiB, 1%. A bare number is no duration.</summary>
public static partial class WrittenAmount
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Units joined or apart ("1h30m", "2 hours", "1 day 12 h"), or hours with colons ("00:05:00", "14.00:00:00").</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        text = text.Trim();
        if (Clock().IsMatch(text))
            return TimeSpan.TryParse(text, Culture, out duration);
        if (text == "0")
            return true;
        if (!Duration().IsMatch(text))
            return false;
        var total = 0.0;
        foreach (Match part in DurationPart().Matches(text))
            total += double.Parse(part.Groups[1].Value, Culture) * Milliseconds(part.Groups[2].Value.ToLowerInvariant());
        if (total > TimeSpan.MaxValue.TotalMilliseconds)
            return false;
        duration = TimeSpan.FromMilliseconds(total);
        return true;
    }

    /// <summary>Bytes: 64MiB and 1GiB count by 1,024, kB, MB and GB by 1,000; a bare number is bytes.</summary>
    public static bool TryBytes(string text, out long bytes)
    {
        bytes = 0;
        if (Size().Match(text.Trim()) is not { Success: true } size)
            return false;
        var value = decimal.Parse(Ungrouped(size.Groups[1].Value), Culture);
        var unit = size.Groups[2].Value.ToLowerInvariant() switch
        {
            "" or "b" or "byte" or "bytes" => 1m,
            "kib" => 1L << 10,
            "mib" => 1L << 20,
            "gib" => 1L << 30,
            "tib" => 1L << 40,
            "kb" => 1_000m,
            "mb" => 1_000_000m,
            "gb" => 1_000_000_000m,
            _ => 1_000_000_000_000m,
        };
        if (value * unit > long.MaxValue || value * unit % 1 != 0)
            return false;
        bytes = (long)(value * unit);
        return true;
    }

    /// <summary>A share: 1%, 1 % or 0.01. Whether 5 may be one is for the reader to say.</summary>
    public static bool TryShare(string text, out double share)
    {
        text = text.Trim();
        var percent = text.EndsWith('%');
        if (!double.TryParse(percent ? text[..^1].TrimEnd() : text, NumberStyles.Float, Culture, out share) || !double.IsFinite(share))
            return false;
        if (percent)
            share /= 100;
        return true;
    }

    /// <summary>A whole number; its thousands may be set apart: 40,000 or 40_000.</summary>
    public static bool TryCount(string text, out long count)
    {
        count = 0;
        return Whole().IsMatch(text.Trim()) && long.TryParse(Ungrouped(text.Trim()), NumberStyles.AllowLeadingSign, Culture, out count);
    }

    /// <summary>A duration as it can be written back: 2h, 1h30m, 14d, 250ms.</summary>
    public static string Of(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "0s";
        var parts = new (long Value, string Unit)[]
        {
            (duration.Days, "d"),
            (duration.Hours, "h"),
            (duration.Minutes, "m"),
            (duration.Seconds, "s"),
            (duration.Milliseconds, "ms"),
        };
        return string.Concat(parts.Where(part => part.Value != 0).Select(part => part.Value.ToString(Culture) + part.Unit));
    }

    /// <summary>Bytes as they can be written back: 64MiB, 2,000 bytes as 2000.</summary>
    public static string OfBytes(long bytes) =>
        bytes switch
        {
            > 0 when bytes % (1L << 30) == 0 => $"{(bytes >> 30).ToString(Culture)}GiB",
            > 0 when bytes % (1L << 20) == 0 => $"{(bytes >> 20).ToString(Culture)}MiB",
            > 0 when bytes % (1L << 10) == 0 => $"{(bytes >> 10).ToString(Culture)}KiB",
            _ => $"{bytes.ToString("#,0", Culture)} bytes",
        };

    public static string OfShare(double share) => $"{(share * 100).ToString("0.####", Culture)}%";

    private static double Milliseconds(string unit) =>
        unit switch
        {
            "ms" or "milliseconds" or "millisecond" => 1,
            "s" or "sec" or "secs" or "second" or "seconds" => 1_000,
            "m" or "min" or "mins" or "minute" or "minutes" => 60_000,
            "h" or "hr" or "hrs" or "hour" or "hours" => 3_600_000,
            "d" or "day" or "days" => 86_400_000,
            _ => 604_800_000,
        };

    private static string Ungrouped(string number) =>
        number.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private const string DurationUnit = "(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)";

    [GeneratedRegex(@"^(\d+\.)?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")]
    private static partial Regex Clock();

    [GeneratedRegex($@"^(\d+(?:\.\d+)?\s*{DurationUnit}\s*(?![a-z]))+$", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex($@"(\d+(?:\.\d+)?)\s*{DurationUnit}(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex DurationPart();

    [GeneratedRegex(@"^(\d+(?:[,_]\d{3})*(?:\.\d+)?)\s*(b|bytes?|[kmgt]i?b)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Size();

    [GeneratedRegex(@"^-?(\d+|\d{1,3}([,_]\d{3})+)$")]
    private static partial Regex Whole();
}
