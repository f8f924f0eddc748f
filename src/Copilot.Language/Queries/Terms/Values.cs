using System.Text.RegularExpressions;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Queries.Terms;

/// <summary>Values as literals that fit their attribute.</summary>
internal static class Values
{
    public static Literal? Of(IReadOnlyList<FieldExpression> fields, Term term)
    {
        if (fields is [IntrinsicReference { Intrinsic: var intrinsic }])
        {
            return intrinsic switch
            {
                Intrinsic.Duration or Intrinsic.TraceDuration or Intrinsic.EventTimeSinceStart => term.Kind == TermKind.Duration
                    ? Literal.Nanoseconds((long)Math.Round(term.Value))
                    : null,
                Intrinsic.ChildCount or Intrinsic.NestedSetLeft or Intrinsic.NestedSetRight or Intrinsic.NestedSetParent => term.Kind
                == TermKind.Number
                    ? Number(term.Value)
                    : null,
                Intrinsic.Status => Index(Literal.StatusNames, term.Lower) is { } code ? Literal.Status(code) : null,
                Intrinsic.Kind => Index(Literal.KindNames, term.Lower) is { } kind ? Literal.SpanKind(kind) : null,
                _ => term.Kind == TermKind.Duration ? null : Literal.Of(term.Text),
            };
        }

        return term.Kind switch
        {
            // "1.0" of a version is no number.
            TermKind.Number when fields.Any(f => f.ToString().EndsWith("version", StringComparison.Ordinal)) => Literal.Of(term.Text),
            TermKind.Number => Number(term.Value),
            TermKind.Duration => Literal.Nanoseconds((long)Math.Round(term.Value)),
            TermKind.Id when term.Text.Length < 19 && term.Text.All(char.IsDigit) => Literal.Of(
                long.Parse(term.Text, System.Globalization.CultureInfo.InvariantCulture)
            ),
            _ when term.Kind != TermKind.Text && term.Lower is "true" or "false" => Literal.Of(term.Lower == "true"),
            _ => Literal.Of(term.Kind == TermKind.Method ? term.Tag : term.Text),
        };
    }

    public static Literal Number(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15 ? Literal.Of((long)value) : Literal.Of(value);

    /// <summary>A pattern that must match the whole value.</summary>
    public static string Pattern(string tag, string text)
    {
        var escaped = Regex.Replace(text.TrimEnd('*'), @"[\\.+*?()|\[\]{}^$]", @"\$0");
        return tag switch
        {
            "prefix" => escaped + ".*",
            "suffix" => ".*" + escaped,
            "contains" => ".*" + escaped + ".*",
            _ => text,
        };
    }

    private static int? Index(IReadOnlyList<string> names, string lower)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == lower)
                return i;
        }

        return null;
    }
}
