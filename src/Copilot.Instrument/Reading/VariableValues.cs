using System.Text.RegularExpressions;

namespace Copilot.Instrument.Reading;

/// <summary>
/// What Compose fills in for <c>${NAME}</c>: the file <c>.env</c> beside it and those that the caller names. This process's own
/// environment stays out: what a scan says must not depend on who runs it.
/// </summary>
internal sealed partial class VariableValues
{
    private const int MostRounds = 5;
    private readonly Dictionary<string, string> _values;

    public VariableValues()
        : this(null) { }

    public VariableValues(VariableValues? given) => _values = new Dictionary<string, string>(given?._values ?? [], StringComparer.Ordinal);

    /// <summary>Adds the lines of a file; what is known already stays: what a person named goes before what lies beside.</summary>
    public void Add(string text)
    {
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var declared = line.StartsWith("export ", StringComparison.Ordinal) ? line[7..] : line;
            var at = declared.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
                _values.TryAdd(declared[..at].Trim(), declared[(at + 1)..].Trim().Trim('"', '\''));
        }
    }

    public string? Of(string name) => FillPartly(_values.GetValueOrDefault(name));

    /// <summary>The text with everything filled in; null where a variable is not known: half a name of an image is none.</summary>
    public string? Fill(string? text) => FillPartly(text) is { } filled && !Variable().IsMatch(filled) ? filled : null;

    public string? FillPartly(string? text)
    {
        if (text is null || !text.Contains('$', StringComparison.Ordinal))
            return text;
        for (var round = 0; round < MostRounds; round++)
        {
            var filled = Variable().Replace(text, Value);
            if (filled == text)
                break;
            text = filled.Length > 10_000 ? "" : filled;
        }

        return text;
    }

    private string Value(Match match)
    {
        var name = match.Groups["braced"].Success ? match.Groups["braced"].Value : match.Groups["bare"].Value;
        var known = _values.GetValueOrDefault(name);
        return match.Groups["default"].Success && string.IsNullOrEmpty(known) ? match.Groups["default"].Value : known ?? match.Value;
    }

    [GeneratedRegex(@"\$\{(?<braced>[A-Za-z_]\w*)(?::?-(?<default>[^{}]*)|:?[?+][^}]*)?\}|(?<!\$)\$(?<bare>[A-Za-z_]\w*)")]
    private static partial Regex Variable();
}
