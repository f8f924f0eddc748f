using System.Text.RegularExpressions;
using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Checking;

/// <summary>What is being typed at the cursor and what can stand there.</summary>
public sealed partial record CompletionPlace
{
    private static readonly string[] Stages =
    [
        "count()",
        "avg(",
        "min(",
        "max(",
        "sum(",
        "by(",
        "select(",
        "coalesce()",
        "{ ",
        .. MetricsFunctions.AllNames.Select(n => n is "rate" or "count_over_time" ? n + "()" : n + "("),
        "topk(",
        "bottomk(",
    ];

    private static readonly string[] Operators = ["=", "!=", "=~", "!~", ">", ">=", "<", "<="];
    private static readonly string[] Joints = ["&&", "||", "}"];
    private static readonly string[] Starts = ["{ "];

    public required CompletionKind Kind { get; init; }

    /// <summary>The characters that a chosen text replaces.</summary>
    public required int From { get; init; }

    public required int To { get; init; }

    /// <summary>What is typed of it so far.</summary>
    public required string Typed { get; init; }

    /// <summary>Whose values are wanted.</summary>
    public FieldExpression? Attribute { get; init; }

    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Every intrinsic as it is written.</summary>
    public static IEnumerable<string> Intrinsics => Syntax.Intrinsics.AllSpellings.Order(StringComparer.Ordinal);

    public static CompletionPlace At(string text, int cursor)
    {
        ArgumentNullException.ThrowIfNull(text);
        var before = text[..Math.Clamp(cursor, 0, text.Length)];
        var inBraces = before.LastIndexOf('{') > before.LastIndexOf('}');
        if (!inBraces)
            return InCall().IsMatch(before) ? Of(CompletionKind.Attribute, before, Tail().Match(before).Value) : Outside(before);
        if (ValuePlace().Match(before) is { Success: true } value && Reference(value.Groups["name"].Value) is { } attribute)
            return Of(CompletionKind.Value, before, value.Groups["typed"].Value) with { Attribute = attribute };
        if (AfterName().IsMatch(before))
            return Of(CompletionKind.Word, before, "") with { Words = Operators };
        if (AfterValue().IsMatch(before))
            return Of(CompletionKind.Word, before, "") with { Words = Joints };
        return Of(CompletionKind.Attribute, before, Tail().Match(before).Value);
    }

    private static CompletionPlace Outside(string before)
    {
        var typed = WordTail().Match(before).Value;
        var rest = before[..^typed.Length].TrimEnd();
        return Of(CompletionKind.Word, before, typed) with
        {
            Words =
                rest.EndsWith('|') ? Stages
                : rest.Length == 0 ? Starts
                : ["|", "&&", "||", ">", ">>", "<", "<<", "~", "with ("],
        };
    }

    private static CompletionPlace Of(CompletionKind kind, string before, string typed) =>
        new()
        {
            Kind = kind,
            From = before.Length - typed.Length,
            To = before.Length,
            Typed = typed,
        };

    private static FieldExpression? Reference(string name) =>
        TraceQlParser.TryParseSyntax($"{{ {name} }}", out var query, out _) ? query.SingleFilter?.Condition : null;

    [GeneratedRegex("""(?<name>[\w.:"-]+)\s*(?:!=|=~|!~|>=|<=|=|>|<)\s*(?<typed>"[^"]*|[\w.-]*)$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ValuePlace();

    [GeneratedRegex("""(?:^|[{(&|!]\s*)(?:[\w:]+\.)?[\w.:-]+\s+$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AfterName();

    [GeneratedRegex("""(?:!=|=~|!~|>=|<=|=|>|<)\s*(?:"[^"]*"|[\w.-]+)\s+$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AfterValue();

    [GeneratedRegex("""(?:by|select|\w+_over_time|avg|min|max|sum)\s*\([^(){}]*$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InCall();

    [GeneratedRegex("""[\w.:-]*$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tail();

    [GeneratedRegex("""\w*$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WordTail();
}

/// <summary>What can stand at a place of a query.</summary>
public enum CompletionKind
{
    /// <summary>Attributes and intrinsics.</summary>
    Attribute,

    /// <summary>Values of one attribute.</summary>
    Value,

    /// <summary>One of a few words.</summary>
    Word,
}
