using System.Text.RegularExpressions;
using Copilot.Language.Frames;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Models.Tools;

/// <summary>
/// Fields and conditions as a caller writes them, made TraceQL: a bare key gets the scope that it was seen with, and a key that no
/// span was seen with is complained of, with those that are like it.
/// </summary>
internal sealed partial class KnownFields(KnownNames catalogue)
{
    private static readonly HashSet<string> Words =
    [
        .. Intrinsics.AllSpellings,
        "true",
        "false",
        "nil",
        "error",
        "ok",
        "unset",
        "server",
        "client",
        "internal",
        "producer",
        "consumer",
        "unspecified",
    ];

    private static readonly string[] Scopes = ["span.", "resource.", "event.", "link.", "instrumentation.", "parent."];

    /// <summary>What stands between TraceQL's braces.</summary>
    /// <exception cref="ArgumentException">It is no condition, or names a field that nothing carries.</exception>
    public FieldExpression Condition(string text, FramePopulation over)
    {
        var written = Qualified(text.Trim().TrimStart('{').TrimEnd('}'), over);
        try
        {
            var parsed = TraceQlParser.ParseFilter($"{{ {written} }}").Condition;
            Check(parsed, over);
            return parsed;
        }
        catch (TraceQlException wrong)
        {
            throw new ArgumentException(
                $"The condition `{text}` cannot be read: {wrong.Message} Write it as TraceQL does between its braces: "
                    + "span.currency = \"CHF\" && !(name =~ \"GET .*\") && duration > 500ms."
            );
        }
    }

    /// <summary>One field: <c>span.cart.items</c>, <c>kind</c>.</summary>
    public FieldExpression Operand(string text, FramePopulation over) =>
        Condition(text + " != nil", over) is FieldBinary { Left: AttributeReference or IntrinsicReference } known
            ? known.Left
            : throw new ArgumentException($"`{text}` is no field; write one like span.cart.items or resource.k8s.pod.name.");

    /// <summary>No request of these services carries one of its attributes itself: some other span of the trace does.</summary>
    public bool IsBelow(FieldExpression condition, IReadOnlyList<ServiceReference> services) =>
        Attributes(condition).ToList() is { Count: > 0 } named
        && named.TrueForAll(attribute =>
            attribute.Scope == AttributeScope.Span
            && Known(attribute).ToList() is { Count: > 0 } known
            && !known.Exists(one => one.Entry && (services.Count == 0 || services.Any(service => service.Name == one.Service)))
        );

    private string Qualified(string text, FramePopulation over) =>
        Tokens()
            .Replace(
                text,
                found =>
                    found.Groups["sign"].Success ? "="
                    : !found.Groups["name"].Success ? found.Value
                    : Named(found.Value, over)
            );

    private string Named(string name, FramePopulation over)
    {
        if (Words.Contains(name) || Scopes.Any(scope => name.StartsWith(scope, StringComparison.Ordinal)))
            return name;
        switch (name)
        {
            case "and" or "AND":
                return "&&";
            case "or" or "OR":
                return "||";
            case "not" or "NOT":
                return "!";
            case "service":
                return "resource.service.name";
            case "operation":
                return "name";
            default:
                break;
        }

        if (over is FramePopulation.Logs or FramePopulation.Metric)
            return "." + name;
        var scopes = catalogue
            .Attributes.Where(attribute => attribute.Key == name)
            .Select(attribute => attribute.Scope)
            .Distinct()
            .ToList();
        return scopes.Count switch
        {
            0 => throw Unknown(name),
            1 => PlanFilter.Field(scopes[0], name),
            _ => "." + name,
        };
    }

    // Logs and metrics have keys that no list holds: what they carry is found by asking.
    private void Check(FieldExpression condition, FramePopulation over)
    {
        if (over is FramePopulation.Logs or FramePopulation.Metric)
            return;
        foreach (var attribute in Attributes(condition))
        {
            if (attribute is { Name: "service.name", Scope: AttributeScope.Resource or AttributeScope.Any } || Known(attribute).Any())
                continue;
            throw Unknown(attribute.Name);
        }
    }

    private IEnumerable<KnownAttribute> Known(AttributeReference named) =>
        catalogue.Attributes.Where(attribute =>
            attribute.Key == named.Name
            && (
                named.Scope == attribute.Scope
                || (named.Scope == AttributeScope.Any && attribute.Scope is AttributeScope.Span or AttributeScope.Resource)
            )
        );

    private ArgumentException Unknown(string name)
    {
        var elsewhere = catalogue.Attributes.Where(attribute => attribute.Key == name).Select(Written).ToList();
        var near =
            elsewhere.Count > 0 ? elsewhere : Nearest.To(name, catalogue.Attributes.Select(attribute => attribute.Key)).Select(Written);
        var offered = string.Join(" or ", near.Distinct(StringComparer.Ordinal).Select(field => $"`{field}`"));
        return new ArgumentException(
            $"No span was seen with an attribute `{name}`."
                + (offered.Length > 0 ? $" Did you mean {offered}?" : " find lists the attributes there are.")
        );
    }

    private string Written(string key) => Written(catalogue.Attributes.First(attribute => attribute.Key == key));

    private static string Written(KnownAttribute attribute) => PlanFilter.Field(attribute.Scope, attribute.Key);

    private static IEnumerable<AttributeReference> Attributes(FieldExpression expression) =>
        expression switch
        {
            FieldBinary both => Attributes(both.Left).Concat(Attributes(both.Right)),
            FieldUnary one => Attributes(one.Operand),
            AttributeReference attribute => [attribute],
            _ => [],
        };

    /// <summary>Texts and numbers stay as they are; "==" is written "=".</summary>
    [GeneratedRegex(
        """
            "(?:[^"\\]|\\.)*" | `[^`]*` | (?<sign>==) | \.[A-Za-z_][\w./-]* | \d[\w.]* | (?<name>[A-Za-z_](?:[\w./:-]|\."[^"]*")*)
            """,
        RegexOptions.IgnorePatternWhitespace,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Tokens();
}
