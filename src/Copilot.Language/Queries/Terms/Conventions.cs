using System.Text.RegularExpressions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

/// <summary>What the shape of a name tells where no catalogue does: which scope an attribute has, what is a region, a host, a status
/// class.</summary>
internal static partial class Conventions
{
    private static readonly string[] ResourcePrefixes =
    [
        "service.",
        "k8s.",
        "cloud.",
        "deployment.",
        "host.",
        "container.",
        "process.",
        "telemetry.",
        "os.",
        "faas.name",
        "faas.version",
        "aws.",
        "gcp.",
        "azure.",
        "webengine.",
        "device.",
        "app.installation.",
        "app.build_id",
        "heroku.",
    ];

    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        "GET",
        "POST",
        "PUT",
        "DELETE",
        "PATCH",
        "HEAD",
        "OPTIONS",
        "TRACE",
        "CONNECT",
    };

    private static readonly HashSet<string> Statements = new(StringComparer.Ordinal)
    {
        "SELECT",
        "INSERT",
        "UPDATE",
        "UPSERT",
        "MERGE",
        "TRUNCATE",
        "SELECTS",
        "INSERTS",
        "UPDATES",
    };

    private static readonly HashSet<string> TopDomains = new(StringComparer.Ordinal)
    {
        "com",
        "net",
        "org",
        "io",
        "dev",
        "local",
        "internal",
        "svc",
        "eu",
        "de",
        "uk",
        "cloud",
        "app",
        "gov",
        "edu",
    };

    public static bool IsMethod(string text) => Methods.Contains(text);

    public static string? Statement(string text) =>
        Statements.Contains(text.ToUpperInvariant()) && text.Take(3).All(char.IsUpper) ? text.TrimEnd('s', 'S').ToUpperInvariant() : null;

    public static bool IsRegion(string lower) => Region().IsMatch(lower);

    public static bool IsHost(string lower) =>
        lower.Contains('.', StringComparison.Ordinal) && TopDomains.Contains(lower[(lower.LastIndexOf('.') + 1)..]) || IsAddress(lower);

    public static bool IsAddress(string lower) => Address().IsMatch(lower);

    /// <summary>"4xx" gives 4.</summary>
    public static int? StatusClass(string lower) => Class().Match(lower) is { Success: true } m ? m.Value[0] - '0' : null;

    /// <summary>"p99", "p99.9", "p50": a quantile from 0 to 1.</summary>
    public static double? Quantile(string lower)
    {
        if (Percentile().Match(lower) is not { Success: true } m)
            return null;
        var digits = m.Groups["n"].Value;
        var value = double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        while (value > 100)
            value /= 10;
        return Math.Round(value / 100, 6);
    }

    /// <summary>Bytes of a size such as "2kb"; null for what is none.</summary>
    public static double? Size(string lower) =>
        SizePattern().Match(lower) is { Success: true } m
            ? double.Parse(m.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture) * Unit(m.Groups["unit"].Value)
            : null;

    public static double Unit(string lower) =>
        lower switch
        {
            "b" or "byte" or "bytes" => 1,
            "k" or "thousand" => 1000,
            "kb" or "kib" or "kilobyte" or "kilobytes" or "kibibytes" => 1024,
            "mb" or "mib" or "megabyte" or "megabytes" or "mebibytes" => 1024 * 1024,
            "gb" or "gib" or "gigabyte" or "gigabytes" or "gibibytes" => 1024d * 1024 * 1024,
            "million" => 1e6,
            _ => 0,
        };

    /// <summary>"NotFoundException", "TimeoutError".</summary>
    public static bool IsException(string text) => Exception().IsMatch(text);

    public static bool IsId(string text) => text.Length >= 12 && text.All(char.IsAsciiHexDigit) && text.Count(char.IsDigit) >= 4;

    /// <summary>An attribute as somebody wrote it: with its scope, or with the one that the conventions give it.</summary>
    public static FieldExpression? Written(string text)
    {
        if (Intrinsics.TryParse(text, out var intrinsic))
            return text.Contains(':', StringComparison.Ordinal) ? Field.Of(intrinsic) : null;
        if (text.Length < 2 || !Key().IsMatch(text))
            return null;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var rest = text[(dot + 1)..];
        return (dot < 0 ? "" : text[..dot]) switch
        {
            "span" => Field.Span(rest),
            "resource" => Field.Resource(rest),
            "event" => Field.Event(rest),
            "link" => Field.Link(rest),
            "instrumentation" => Field.Instrumentation(rest),
            _ => Scoped(text),
        };
    }

    public static AttributeReference Scoped(string key) =>
        key.StartsWith("exception.", StringComparison.Ordinal) ? Field.Event(key)
        : ResourcePrefixes.Any(p => key.StartsWith(p, StringComparison.Ordinal)) ? Field.Resource(key)
        : Field.Span(key);

    [GeneratedRegex(
        @"^(us|eu|ap|sa|ca|me|af|il|cn|asia|europe|northamerica|southamerica|australia)-((gov-)?[a-z]+-?[0-9]+[a-z]?|(north|south|east|west|central)[a-z]*)$"
    )]
    private static partial Regex Region();

    [GeneratedRegex(@"^([a-z0-9_.]+\.)?[A-Z][A-Za-z0-9]*[a-z](Exception|Error)s?$")]
    private static partial Regex Exception();

    [GeneratedRegex(@"^[1-5]xx(s|es)?$")]
    private static partial Regex Class();

    [GeneratedRegex(@"^[pq](?<n>[0-9]{1,4}(\.[0-9]{1,3})?)s?$")]
    private static partial Regex Percentile();

    [GeneratedRegex(@"^(?<n>[0-9]{1,9}(\.[0-9]{1,3})?)(?<unit>k|kb|kib|mb|mib|gb|gib|b)$")]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.\-]{0,120}$")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{1,3}){3}$")]
    private static partial Regex Address();
}
