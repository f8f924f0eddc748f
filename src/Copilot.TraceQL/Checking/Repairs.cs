using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Copilot.TraceQL.Syntax;

namespace Copilot.TraceQL.Checking;

/// <summary>The usual mistakes, in the order in which they are set right. Strings stand as ‹n›.</summary>
internal static class Repairs
{
    private const string Operator = @"(?:!=|=~|!~|>=|<=|=|>|<)";
    private const string Value =
        @"(?:‹\d+›|-?[\d.]+[a-zµ]*|\b(?:true|false|nil|ok|error|unset|server|client|internal|producer|consumer|unspecified)\b)";

    /// <summary>Names that OpenTelemetry puts on resources.</summary>
    private static readonly HashSet<string> ResourcePrefixes =
    [
        "service",
        "k8s",
        "deployment",
        "cloud",
        "host",
        "container",
        "process",
        "telemetry",
        "os",
        "namespace",
        "pod",
        "cluster",
    ];

    private static readonly HashSet<string> Keywords =
    [
        "true",
        "false",
        "nil",
        "minInt",
        "maxInt",
        .. Literal.StatusNames,
        .. Literal.KindNames,
    ];

    public static readonly IReadOnlyList<Repair> All =
    [
        new("equality is written =", "==", "="),
        new("a regular expression is compared with =~", "~=", "=~"),
        new("different is written !=", "<>", "!="),
        new("conditions are joined with && and ||", @"(?<=[\s›\w)])\b(?:and|AND)\b(?=\s)", "&&"),
        new("conditions are joined with && and ||", @"(?<=[\s›\w)])\b(?:or|OR)\b(?=\s)", "||"),
        new("the scope is called instrumentation", @"\bscope:(?=name|version)", "instrumentation:"),
        new("there is no array index; the attribute's items are compared one by one", @"(?<=[\w.-])\[\d+\]", ""),
        new(
            "the time range belongs to the request, not into the query",
            @"(?:,|&&)?\s*\b(?:start|startTime|start_time|timestamp|time)\s*[<>]=?\s*(?:now\(\))?\s*-?\s*[\w.]*(?=[\s,&}])",
            ""
        ),
        new(
            "there is no percentile as a value; compute it with quantile_over_time, then compare with a number",
            @"\{\s*(?:span:)?duration\s*[<>]=?\s*p(\d+)\s*\}",
            "{ } | quantile_over_time(duration, .$1)"
        ),
        new("a brace is missing", @"(\{[^{}|]*[^{}|\s])\s*(\|(?!\|))(?=[^{}]*(?:\)|$))", "$1 } $2"),
        new(
            "there is no limit and no order in the language; the limit belongs to the request",
            @"\|\s*(?:limit|order\s+by|sort\s+by|sort)\b[^|]*",
            ""
        ),
        new("a comma joins nothing here, conditions are joined with &&", "", "")
        {
            Pattern = @"\{[^{}()]*\}",
            Replace = m => m.Value.Replace(",", " &&", StringComparison.Ordinal),
        },
        new(
            "attributes begin with their scope, or with a dot",
            $@"(?<=[{{(&|]\s*|!|{Value}\s+)([A-Za-z_][\w]*(?:\.[\w-]+)*)(?=\s*{Operator})",
            ""
        )
        {
            Replace = m => Scoped(m.Groups[1].Value),
        },
        new("conditions are joined with && and ||", $@"({Operator}\s*{Value})\s+(?=[\w.]+[\w.:-]*\s*{Operator})", "$1 && "),
        new("a status is ok, error or unset", @"(\b(?:span:)?status\s*!?=\s*)([A-Za-z]+)\b", "")
        {
            Replace = m => m.Groups[1].Value + Meant(m.Groups[2].Value, Literal.StatusNames),
        },
        new("a kind is server, client, internal, producer or consumer", @"(\b(?:span:)?kind\s*!?=\s*)([A-Za-z]+)\b", "")
        {
            Replace = m => m.Groups[1].Value + Meant(m.Groups[2].Value, Literal.KindNames),
        },
        new("strings stand in quotes", $@"({Operator}\s*)([A-Za-z_][\w-]*(?:\.[\w-]+)*)(?=\s*[}})&|\s])(?![.:(])", "")
        {
            Replace = m => m.Groups[1].Value + Quoted(m.Groups[2].Value),
        },
        new("duration is an intrinsic, not an attribute", $@"(?<![\w.])(?:span)?\.duration(?=\s*{Operator}\s*[\d.]+[a-zµ]+)", "duration"),
        new(
            "status is an intrinsic, not an attribute",
            $@"(?<![\w.])(?:span)?\.status(?=\s*{Operator}\s*(?:‹\d+›|ok\b|error\b|unset\b))",
            "status"
        ),
        new(
            "kind is an intrinsic, not an attribute",
            $@"(?<![\w.])(?:span)?\.kind(?=\s*{Operator}\s*(?:server|client|internal|producer|consumer)\b)",
            "kind"
        ),
        new(
            "statuses and kinds are keywords without quotes: ok, error, unset, server, client…",
            $@"(\b(?:span:)?(?:status|kind)\s*!?=\s*)(‹\d+›)(?!!)",
            "$1$2!"
        ),
        new(
            "a condition stands inside of the braces",
            $@"\{{([^{{}}]*)\}}\s*\|\s*((?:span\.|resource\.|\.|span:)?[\w.]+\s*{Operator}\s*{Value})",
            ""
        )
        {
            Replace = m => $"{{ {Joined(m.Groups[1].Value, m.Groups[2].Value)} }}",
        },
        new(
            "count() and the other aggregates take no by(); over time they are called count_over_time() and so on",
            @"\b(count|avg|min|max|sum)(\([^()]*\))\s*by\s*\(",
            "$1_over_time$2 by ("
        ),
        new("the function needs an attribute to measure", @"\b(min|max|avg|sum|histogram)_over_time\(\s*\)", "$1_over_time(duration)"),
        new("topk and bottomk need a metrics function before them", @"\}\s*\|\s*(topk|bottomk)\(", "} | rate() by (span.http.route) | $1("),
        new(
            "each side of the calculation stands in brackets",
            @"^\s*(\{[^{}]*\}\s*\|\s*\w+\([^()]*\)(?:\s*by\s*\([^()]*\))?)\s*([-+*/])"
                + @"\s*(\{[^{}]*\}\s*\|\s*\w+\([^()]*\)(?:\s*by\s*\([^()]*\))?)\s*$",
            "($1) $2 ($3)"
        ),
        new("an aggregate is compared with a number", @"(\|\s*(?:count|avg|min|max|sum)\([^()]*\))\s*$", "$1 > 0"),
    ];

    private static string Joined(string first, string second) => first.Trim().Length == 0 ? second : $"{first.Trim()} && {second}";

    /// <summary>The keyword that was meant, or the word as it is.</summary>
    private static string Meant(string word, IEnumerable<string> keywords) => DidYouMean.Closest(word, keywords) ?? word;

    private static string Quoted(string word) => Keywords.Contains(word) || Intrinsics.TryParse(word, out _) ? word : $"\"{word}\"";

    private static string Scoped(string name)
    {
        if (Intrinsics.TryParse(name, out _) || Keywords.Contains(name))
            return name;
        var scope = name.Split('.')[0];
        if (scope is "span" or "resource" or "event" or "link" or "instrumentation" or "parent" && name.Length > scope.Length)
            return name;
        var dotted = name is "service_name" or "service_version" or "service_namespace" ? name.Replace('_', '.') : name;
        dotted = dotted == "service" ? "service.name" : dotted;
        return (ResourcePrefixes.Contains(dotted.Split('.')[0]) ? "resource." : "span.") + dotted;
    }
}

/// <summary>One usual mistake: how it looks, what it becomes, and why.</summary>
internal sealed record Repair(string Hint, string Pattern, string Replacement)
{
    /// <summary>A bad query may be long; a repair that takes longer than this is not worth it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private Regex? _regex;

    public Func<Match, string>? Replace { get; init; }

    private Regex Regex => _regex ??= new Regex(Pattern, RegexOptions.CultureInvariant, Limit);

    public string Apply(string text)
    {
        try
        {
            return Replace is { } replace ? Regex.Replace(text, match => replace(match)) : Regex.Replace(text, Replacement);
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }
}

/// <summary>
/// A query whose strings are put away, so that repairs by pattern cannot touch them. A string stands as ‹n› meanwhile.
/// </summary>
internal sealed record MaskedText(string Text, IReadOnlyList<string> Strings)
{
    public static MaskedText Of(string text)
    {
        var masked = new StringBuilder();
        var strings = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            // A quote inside of a name belongs to the name.
            if (text[i] is not ('"' or '`' or '\'') || (i > 0 && text[i - 1] == '.'))
            {
                masked.Append(text[i] is '‹' or '›' ? ' ' : text[i]);
                continue;
            }

            var end = i + 1;
            while (end < text.Length && text[end] != text[i])
                end += text[end] == '\\' && text[i] != '`' ? 2 : 1;
            var quoted = text[i..Math.Min(end + 1, text.Length)];
            masked.Append(CultureInfo.InvariantCulture, $"‹{strings.Count}›");
            strings.Add(text[i] == '\'' ? "\"" + quoted.Trim('\'').Replace("\"", "\\\"", StringComparison.Ordinal) + "\"" : quoted);
            i = end;
        }

        return new MaskedText(masked.ToString(), strings);
    }

    public string Unmasked()
    {
        var text = new StringBuilder(Text);
        for (var i = 0; i < Strings.Count; i++)
        {
            var mask = string.Create(CultureInfo.InvariantCulture, $"‹{i}›");
            // What became a keyword: ‹error› stands for the content of a string without its quotes.
            text.Replace(mask + "!", Strings[i].Trim('"', '`')).Replace(mask, Strings[i]);
        }

        return text.ToString();
    }
}
