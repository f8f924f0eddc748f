using System.Globalization;
using System.Text;

namespace Copilot.TraceQL.Syntax;

/// <summary>Leaves of the tree as text that parses back to the same leaf, whatever is in them.</summary>
internal static class Quoting
{
    private static readonly (long Nanoseconds, string Unit)[] DurationUnits =
    [
        (3_600_000_000_000, "h"),
        (60_000_000_000, "m"),
        (1_000_000_000, "s"),
        (1_000_000, "ms"),
        (1_000, "us"),
        (1, "ns"),
    ];

    public static string Attribute(AttributeReference attribute)
    {
        var scope = attribute.Scope == AttributeScope.Any ? "" : attribute.Scope.ToString().ToLowerInvariant();
        var prefix = attribute.OfParent ? (scope.Length == 0 ? "parent." : $"parent.{scope}.") : scope + ".";
        return prefix + Name(attribute);
    }

    private static string Name(AttributeReference attribute)
    {
        var name = attribute.Name;
        var plain =
            name.Length > 0
            && name.All(c => AttributeNames.IsCharacter(c) && c is not ('"' or '\\'))
            // ".1" would be a number, "parent.span." another scope.
            && !(attribute is { Scope: AttributeScope.Any, OfParent: false } && char.IsAsciiDigit(name[0]))
            && !(
                attribute is { Scope: AttributeScope.Any, OfParent: true }
                && AttributeNames.ParentScopes.Any(s => name.StartsWith(s.Word, StringComparison.Ordinal))
            );
        return plain
            ? name
            : "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    public static string BackQuoted(string text) =>
        text.Contains('`', StringComparison.Ordinal) || text.Contains('\r', StringComparison.Ordinal) ? DoubleQuoted(text) : $"`{text}`";

    public static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    public static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    /// <summary>A result's bound, which has no type: whole numbers stay whole.</summary>
    public static string Bound(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Go's way: <c>3h0m0s</c>, <c>1m30s</c>, <c>100ms</c>, <c>1.5µs</c>.</summary>
    public static string GoDuration(long nanoseconds)
    {
        var magnitude = Math.Abs((decimal)nanoseconds);
        var sign = nanoseconds < 0 ? "-" : "";
        if (magnitude == 0)
            return "0s";
        if (magnitude < 1_000_000_000)
        {
            var (unit, name) =
                magnitude >= 1_000_000 ? (1_000_000m, "ms")
                : magnitude >= 1_000 ? (1_000m, "µs")
                : (1m, "ns");
            return sign + Plain(magnitude / unit) + name;
        }

        var seconds = magnitude / 1_000_000_000;
        var hours = Math.Floor(seconds / 3600);
        var minutes = Math.Floor(seconds / 60) % 60;
        var clock =
            hours > 0 ? $"{Plain(hours)}h{Plain(minutes)}m"
            : minutes > 0 ? $"{Plain(minutes)}m"
            : "";
        return sign + clock + Plain(seconds % 60) + "s";
    }

    /// <summary>The shortest exact form: <c>3h</c>, <c>1m30s</c>, <c>1500ms</c> as <c>1s500ms</c>.</summary>
    public static string ShortDuration(long nanoseconds)
    {
        var rest = Math.Abs((decimal)nanoseconds);
        if (rest == 0)
            return "0s";
        var text = new StringBuilder(nanoseconds < 0 ? "-" : "");
        foreach (var (size, unit) in DurationUnits)
        {
            var count = Math.Floor(rest / size);
            rest %= size;
            if (count > 0)
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
        }

        return text.ToString();
    }

    private static string Plain(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}

/// <summary>Literals as people write them.</summary>
internal static class LiteralPrinter
{
    public static string Print(Literal literal) =>
        literal.Kind switch
        {
            LiteralKind.Nil => "nil",
            LiteralKind.Integer => literal.Integer.ToString(CultureInfo.InvariantCulture),
            LiteralKind.Float => Quoting.Number(literal.Float),
            LiteralKind.Duration => Quoting.ShortDuration(literal.Integer),
            LiteralKind.Text => Quoting.DoubleQuoted(literal.Text),
            LiteralKind.Boolean => literal.Integer != 0 ? "true" : "false",
            LiteralKind.Status => Named(Literal.StatusNames, literal.Integer),
            _ => Named(Literal.KindNames, literal.Integer),
        };

    private static string Named(IReadOnlyList<string> names, long code) => code >= 0 && code < names.Count ? names[(int)code] : names[0];
}
