using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Copilot.Web.Tests.Deploy;

/// <summary>
/// As much of Helm's language as the chart uses: values, <c>if</c>/<c>else</c>, <c>range</c> over a map, <c>include</c>, <c>toYaml</c>,
/// <c>nindent</c>, <c>quote</c>, <c>default</c>, and dashes that eat white space. Anything else fails: then it is Helm's to render.
/// </summary>
internal sealed partial class ChartTemplate(IReadOnlyDictionary<string, object?> root)
{
    private static readonly ISerializer Yaml = new SerializerBuilder().Build();
    private readonly Dictionary<string, string> _defined = new(StringComparer.Ordinal);

    /// <summary>Reads the templates of a file that defines some.</summary>
    public void Define(string text)
    {
        foreach (Match match in Definition().Matches(text))
            _defined[match.Groups[1].Value] = match.Groups[2].Value;
    }

    public string Render(string text)
    {
        var parts = Action().Split(text);
        var (output, at) = (new StringBuilder(), 0);
        Block(parts, ref at, output, new Dictionary<string, object?>(root, StringComparer.Ordinal), shown: true);
        return output.ToString();
    }

    /// <summary>Text and actions take turns; ends behind an <c>end</c> or <c>else</c>, which it gives back.</summary>
    private string Block(string[] parts, ref int at, StringBuilder output, Dictionary<string, object?> scope, bool shown)
    {
        while (at < parts.Length)
        {
            if (shown)
                output.Append(parts[at]);
            at++;
            if (at >= parts.Length)
                return "";
            var action = parts[at++].Trim();
            if (action is "end" or "else")
                return action;
            if (action.StartsWith("if ", StringComparison.Ordinal))
            {
                var holds = Truth(Value(action[3..], scope));
                if (Block(parts, ref at, output, scope, shown && holds) == "else")
                    Block(parts, ref at, output, scope, shown && !holds);
            }
            else if (action.StartsWith("range ", StringComparison.Ordinal))
            {
                var range = Range().Match(action);
                var begin = at;
                var pairs = (IDictionary<object, object?>)Value(range.Groups[3].Value, scope)!;
                foreach (var (key, value) in pairs.OrderBy(pair => (string)pair.Key, StringComparer.Ordinal))
                {
                    at = begin;
                    var inner = new Dictionary<string, object?>(scope, StringComparer.Ordinal)
                    {
                        [range.Groups[1].Value] = key,
                        [range.Groups[2].Value] = value,
                    };
                    Block(parts, ref at, output, inner, shown);
                }
            }
            else if (shown)
            {
                output.Append(Text(Value(action, scope)));
            }
        }

        return "";
    }

    private object? Value(string expression, Dictionary<string, object?> scope)
    {
        var steps = expression.Split('|', StringSplitOptions.TrimEntries);
        var value = First(steps[0], scope);
        foreach (var step in steps[1..])
        {
            var words = step.Split(' ', 2);
            value = words[0] switch
            {
                "quote" => $"\"{Text(value).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
                "nindent" => "\n" + Indented(Text(value), int.Parse(words[1], CultureInfo.InvariantCulture)),
                "default" => Truth(value) ? value : First(words[1], scope),
                _ => throw new NotSupportedException($"The chart uses '{step}', which is not rendered here."),
            };
        }

        return value;
    }

    private object? First(string text, Dictionary<string, object?> scope)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words[0] switch
        {
            "toYaml" => Yaml.Serialize(First(words[1], scope)!).TrimEnd(),
            "include" => Render(_defined[words[1].Trim('"')]).Trim('\n'),
            _ when text[0] is '.' or '$' && words.Length == 1 => Path(text.TrimStart('.'), scope),
            _ => throw new NotSupportedException($"The chart uses '{text}', which is not rendered here."),
        };
    }

    private static object? Path(string path, Dictionary<string, object?> scope)
    {
        object? value = scope;
        foreach (var name in path.Split('.'))
            value = value switch
            {
                Dictionary<string, object?> top => top[name],
                IDictionary<object, object?> map when map.TryGetValue(name, out var inner) => inner,
                _ => throw new KeyNotFoundException($"values.yaml has no {path}."),
            };
        return value;
    }

    private static string Text(object? value) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static bool Truth(object? value) =>
        value is not null and not "" and not "false" and not "0" && value is not System.Collections.ICollection { Count: 0 };

    private static string Indented(string text, int by) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length > 0 ? new string(' ', by) + line : line));

    /// <summary>An action with the white space that its dashes eat.</summary>
    [GeneratedRegex(@"(?:\s*\{\{-|\{\{)\s*(.*?)\s*(?:-\}\}\s*|\}\})", RegexOptions.Singleline)]
    private static partial Regex Action();

    [GeneratedRegex("""\{\{-? define "([^"]+)" -?\}\}(.*?)\{\{-? end -?\}\}""", RegexOptions.Singleline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^range (\$\w+), (\$\w+) := (\S+)$")]
    private static partial Regex Range();
}
