using System.Globalization;
using Copilot.TraceQL.Fields;

namespace Copilot.TraceQL.Printing;

/// <summary>Literals as people write them.</summary>
internal static class LiteralPrinter
{
    public static string Print(Literal literal) => literal.Kind switch
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

    private static string Named(IReadOnlyList<string> names, long code) =>
        code >= 0 && code < names.Count ? names[(int)code] : names[0];
}
