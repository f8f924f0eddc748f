using System.Text;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Web.Records;

/// <summary>What a reader types into the pages of records, as the conditions that the store reads.</summary>
public static class RecordSearch
{
    /// <summary>Of log records whose text contains this, whatever its case, and which are at least so bad; null for all.</summary>
    public static FieldExpression? OfLogs(string? text, int? leastSeverity)
    {
        var conditions = new List<FieldExpression>();
        if (text?.Trim() is { Length: > 0 } wanted)
            conditions.Add(Field.Any("body").Matches(Containing(wanted)));
        if (leastSeverity is { } least)
            conditions.Add(Field.Any("severity").Compared(FieldOperator.GreaterOrEqual, Literal.Of((long)least)));
        return Field.All(conditions);
    }

    /// <summary>Of errors whose type or message contains this; null for all.</summary>
    public static FieldExpression? OfErrors(string? text) =>
        text?.Trim() is { Length: > 0 } wanted
            ? Field.AnyOf([Field.Any("exception.type").Matches(Containing(wanted)), Field.Any("body").Matches(Containing(wanted))])
            : null;

    /// <summary>The number that a severity's name begins at; null where it is none.</summary>
    public static int? Severity(string? name) =>
        SeverityNumber
            .Names.Where(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(known => (int?)known.From)
            .FirstOrDefault();

    private static string Containing(string text)
    {
        var regex = new StringBuilder("(?is).*");
        foreach (var character in text)
        {
            if (char.IsAscii(character) && char.IsPunctuation(character) || char.IsAscii(character) && char.IsSymbol(character))
                regex.Append('\\');
            regex.Append(character);
        }

        return regex.Append(".*").ToString();
    }
}
