using System.Text;
using Copilot.Instrument.Reading;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Editing;

/// <summary>Finds the place for one addition and writes its lines as the text around them is written.</summary>
internal sealed class AdditionWriter(string text, IReadOnlyList<YamlNode> documents, YamlAddition addition)
{
    private const int UsualStep = 2;

    public IEnumerable<TextEdit> Edits()
    {
        if (documents.ElementAtOrDefault(addition.Document) is not YamlMappingNode at)
            throw new UneditableException("its document is no mapping");
        YamlNode? key = null;
        for (var depth = 0; depth < addition.Path.Count; depth++)
        {
            var name = addition.Path[depth];
            var (nextKey, next) = Step(at, name);
            if (next is null && ((YamlNode)at).Child(name) is not null)
                throw new UneditableException($"{name} comes from what is merged in (<<)");
            if (next is null)
                return [New(at, key, [.. addition.Path.Skip(depth)], addition.Entries)];
            if (next.IsNull())
                return [Below(nextKey!, next, [.. addition.Path.Skip(depth + 1)], addition.Entries)];
            CheckOwn(nextKey, next, name);
            if (next is YamlSequenceNode list && depth == addition.Path.Count - 1 && addition.MayBeList)
                return Items(nextKey!, list);
            if (next is YamlSequenceNode conditions && depth == addition.Path.Count - 2 && addition.ListBecomes is not null)
                return Conditions(nextKey!, conditions, addition.ListBecomes);
            if (next is YamlSequenceNode items && depth < addition.Path.Count - 1)
            {
                next = items.At([addition.Path[++depth]]);
                nextKey = null;
            }

            at = next as YamlMappingNode ?? throw new UneditableException($"{name} is no mapping");
            key = nextKey;
        }

        var missing = Missing(at);
        return missing.Count == 0 ? [] : [New(at, key, [], missing)];
    }

    private static (YamlNode? Key, YamlNode? Value) Step(YamlMappingNode map, string name) =>
        map.Key(name) is { } key ? (key, map.Children[key]) : (null, null);

    /// <summary>An alias stands for a mapping elsewhere: what is added there would be added wherever else it is used.</summary>
    private static void CheckOwn(YamlNode? key, YamlNode value, string name)
    {
        if (key is not null && value.Start.Index < key.End.Index)
            throw new UneditableException($"{name} is an alias of what is written at line {value.Start.Line}");
    }

    private IReadOnlyList<KeyValuePair<string, string>> Missing(YamlMappingNode map)
    {
        var missing = new List<KeyValuePair<string, string>>();
        foreach (var entry in addition.Entries)
        {
            if (map.Child(entry.Key) is not { } there)
                missing.Add(entry);
            else if (!addition.Is(entry, there))
                throw new UneditableException(
                    $"{entry.Key} is there already and says {(there as YamlScalarNode)?.Value ?? "something else"}"
                );
        }

        return missing;
    }

    private IEnumerable<TextEdit> Items(YamlNode key, YamlSequenceNode list)
    {
        var there = list.Children.OfType<YamlScalarNode>().Select(item => item.Value ?? "").ToList();
        var missing = addition.Entries.Where(e => !there.Contains(YamlAddition.Item(e))).ToList();
        if (
            missing.FirstOrDefault(e => there.Any(t => t == e.Key || t.StartsWith(e.Key + "=", StringComparison.Ordinal))) is
            { Key: { } taken }
        )
            throw new UneditableException($"{taken} is there already");
        if (missing.Count == 0)
            return [];
        if (list.Style == SequenceStyle.Flow)
        {
            var flow = string.Join(", ", missing.Select(e => Quoted(YamlAddition.Item(e))));
            return [new TextEdit(Open(list, '['), "", list.Children.Count == 0 ? flow : flow + ", ")];
        }

        var line = LineEnd(key);
        var first = list.Children[0];
        var dash = text.LastIndexOf('-', (int)first.Start.Index - 1);
        if (dash < line || dash < 0)
            throw new UneditableException("its list starts on its key's line");
        var indent = Indent(dash);
        return [Lines(line, missing.Select(e => $"{indent}- {Quoted(YamlAddition.Item(e))}"))];
    }

    /// <summary>Into a mapping that has keys, or braces.</summary>
    private TextEdit New(
        YamlMappingNode map,
        YamlNode? key,
        IReadOnlyList<string> path,
        IReadOnlyList<KeyValuePair<string, string>> entries
    )
    {
        if (map.Style == MappingStyle.Flow)
        {
            var flow = Flow(path, entries);
            var at = Open(map, '{');
            var comma = char.IsWhiteSpace(text[at]) ? "," : ", ";
            return new TextEdit(at, "", map.Children.Count == 0 ? flow : flow + comma);
        }

        if (map.Children.Count == 0)
            throw new UneditableException("an empty mapping without braces");
        var first = map.Children.First().Key;
        var column = Column((int)first.Start.Index);
        if (key is null)
            return AtEnd(map, column, path, entries);
        var line = LineEnd(key);
        if ((int)first.Start.Index < line)
            throw new UneditableException("its mapping starts on its key's line");
        return Lines(line, Block(new string(' ', column), StepOf(map, column), path, entries));
    }

    /// <summary>Below a key that has no value: an empty one, or null written out.</summary>
    private TextEdit Below(YamlNode key, YamlNode value, IReadOnlyList<string> path, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        if (((YamlScalarNode)value).Value is { Length: > 0 } written && value.End.Index > value.Start.Index)
            return new TextEdit((int)value.Start.Index, text[(int)value.Start.Index..(int)value.End.Index], "{" + Flow(path, entries) + "}")
            {
                Removed = written,
            };
        var column = Column((int)key.Start.Index);
        if (InFlow(key))
            throw new UneditableException("a key without a value between braces");
        return Lines(LineEnd(key), Block(new string(' ', column + UsualStep), UsualStep, path, entries));
    }

    private TextEdit AtEnd(YamlMappingNode map, int column, IReadOnlyList<string> path, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        if (addition.Path.Count - path.Count > 0 || documents.Count > 1)
            throw new UneditableException("there is no key under which a line could be inserted");
        var lines = string.Concat(
            Block(new string(' ', column), StepOf(map, column), path, entries).Select(line => line + LineBreak(text.Length))
        );
        var isOpen = text.Length > 0 && text[^1] != '\n';
        return new TextEdit(text.Length, "", (isOpen ? LineBreak(text.Length) : "") + lines);
    }

    private TextEdit Lines(int at, IEnumerable<string> lines)
    {
        var wide = LineBreak(at);
        var isOpen = at > 0 && text[at - 1] != '\n';
        return isOpen
            ? new TextEdit(at, "", string.Concat(lines.Select(line => wide + line)))
            : new TextEdit(at, "", string.Concat(lines.Select(line => line + wide)));
    }

    /// <summary>Compose's short list of services to wait for becomes the mapping in which each has its condition.</summary>
    private IEnumerable<TextEdit> Conditions(YamlNode key, YamlSequenceNode list, string condition)
    {
        if (list.Children.Count == 0 || list.Children.Any(item => item is not YamlScalarNode))
            throw new UneditableException("its list holds more than names");
        var (name, entry) = (addition.Path[^1], addition.Entries[0]);
        if (list.Style == SequenceStyle.Flow)
        {
            var close = text.IndexOf(']', (int)list.Children[^1].End.Index);
            yield return new TextEdit(Open(list, '[') - 1, "[", $"{{{name}: {{{entry.Key}: {entry.Value}}}, ");
            foreach (var item in list.Children)
                yield return new TextEdit((int)item.End.Index, "", $": {{condition: {condition}}}");
            yield return new TextEdit(close, "]", "}");
            yield break;
        }

        var start = LineEnd(key);
        foreach (var (index, item) in list.Children.Index())
        {
            var (from, to) = ((int)item.Start.Index, (int)item.End.Index);
            var dash = text.LastIndexOf('-', from - 1);
            if (dash < start || text[(dash + 1)..from].Trim().Length > 0)
                throw new UneditableException("its list is written unusually");
            var wide = LineBreak(dash);
            if (index == 0)
                yield return Lines(start, [$"{Deeper(dash, key)}{name}:", $"{Deeper(dash, key)}  {entry.Key}: {entry.Value}"]);
            yield return new TextEdit(dash, text[dash..from], Deeper(dash, key)[Column(dash)..]);
            yield return new TextEdit(to, "", $":{wide}{Deeper(dash, key)}  condition: {condition}");
        }
    }

    /// <summary>A list may stand as far left as its key, a mapping's keys may not.</summary>
    private string Deeper(int dash, YamlNode key) =>
        Column(dash) > Column((int)key.Start.Index) ? Indent(dash) : Indent(dash) + new string(' ', UsualStep);

    private IEnumerable<string> Block(
        string indent,
        int step,
        IReadOnlyList<string> path,
        IReadOnlyList<KeyValuePair<string, string>> entries
    )
    {
        foreach (var name in path)
        {
            yield return $"{indent}{name}:";
            indent += new string(' ', step);
        }

        foreach (var entry in entries)
            yield return addition.IsList ? $"{indent}- {Quoted(YamlAddition.Item(entry))}" : $"{indent}{entry.Key}: {Written(entry)}";
    }

    private string Written(KeyValuePair<string, string> entry) => addition.IsVerbatim ? entry.Value : Quoted(entry.Value);

    private string Flow(IReadOnlyList<string> path, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        if (addition.IsList)
            throw new UneditableException("a list would have to be written between braces");
        var inner = string.Join(", ", entries.Select(entry => $"{Quoted(entry.Key)}: {Written(entry)}"));
        return path.Reverse().Aggregate(inner, (within, name) => $"{Quoted(name)}: {{{within}}}");
    }

    /// <summary>Always in double quotes: an annotation that reads as a boolean or a number is refused by Kubernetes.</summary>
    private static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in value)
            quoted.Append(
                letter switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    _ when char.IsControl(letter) => $"\\x{(int)letter:x2}",
                    _ => letter.ToString(),
                }
            );
        return quoted.Append('"').ToString();
    }

    /// <summary>How much deeper keys of this mapping's own mappings stand.</summary>
    private int StepOf(YamlMappingNode map, int column)
    {
        foreach (
            var inner in map.Children.Values.OfType<YamlMappingNode>().Where(m => m.Style != MappingStyle.Flow && m.Children.Count > 0)
        )
        {
            var step = Column((int)inner.Children.First().Key.Start.Index) - column;
            if (step > 0)
                return step;
        }

        return UsualStep;
    }

    private bool InFlow(YamlNode key)
    {
        var line = (int)key.Start.Index;
        while (line > 0 && text[line - 1] != '\n')
            line--;
        return text[line..(int)key.Start.Index].Any(letter => letter is '{' or '[');
    }

    private int Open(YamlNode node, char bracket)
    {
        var at = (int)node.Start.Index;
        while (at < text.Length && text[at] != bracket)
            at++;
        return at < text.Length ? at + 1 : throw new UneditableException("its bracket is not where it should be");
    }

    /// <summary>Where the line after a key's own starts; the text's end where it is the last.</summary>
    private int LineEnd(YamlNode key)
    {
        var at = text.IndexOf('\n', (int)key.End.Index);
        return at < 0 ? text.Length : at + 1;
    }

    private int Column(int at) => at - (at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1);

    private string Indent(int at) => text[(at - Column(at))..at];

    /// <summary>The line end of the line before a place, as the file writes it there.</summary>
    private string LineBreak(int at)
    {
        var end = at > 0 ? text.LastIndexOf('\n', Math.Min(at, text.Length) - 1) : -1;
        if (end < 0)
            end = text.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
    }
}
