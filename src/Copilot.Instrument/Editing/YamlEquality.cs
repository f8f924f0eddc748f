using Copilot.Instrument.Reading;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Editing;

/// <summary>Whether an edited text says what the text before said, and the additions, and nothing else.</summary>
internal static class YamlEquality
{
    /// <summary>Aliases are followed wherever they are used; a text made to explode by them is not edited.</summary>
    private const int MostNodes = 2_000_000;

    /// <exception cref="UneditableException">Something else would change as well.</exception>
    public static void Check(IReadOnlyList<YamlNode> before, IReadOnlyList<YamlNode> after, IReadOnlyList<YamlAddition> additions)
    {
        if (before.Count != after.Count)
            throw new UneditableException("the change would break the file into other documents");
        var left = MostNodes;
        for (var i = 0; i < before.Count; i++)
        {
            var meant = new MeantAdditions(additions.Where(addition => addition.Document == i));
            if (!Same(before[i], after[i], [], meant, ref left))
                throw new UneditableException("the change would touch more than is meant (an anchor, or text that is written unusually)");
        }
    }

    private static bool Same(YamlNode? before, YamlNode after, List<string> path, MeantAdditions additions, ref int left)
    {
        if (--left < 0)
            throw new UneditableException("its aliases make it too large to be checked");
        return (before, after) switch
        {
            (null or YamlScalarNode, YamlMappingNode map) when before is null || before.IsNull() => IsAdded(map, path, additions),
            (YamlScalarNode a, YamlScalarNode b) => a.Value == b.Value && (a.Style == b.Style) && a.Tag == b.Tag,
            (YamlMappingNode a, YamlMappingNode b) => SameMaps(a, b, path, additions, ref left),
            (YamlSequenceNode a, YamlMappingNode b) => SameConditions(a, b, path, additions),
            (YamlSequenceNode a, YamlSequenceNode b) => SameLists(a, b, path, additions, ref left),
            _ => false,
        };
    }

    private static bool SameMaps(YamlMappingNode before, YamlMappingNode after, List<string> path, MeantAdditions additions, ref int left)
    {
        if (before.Children.Keys.Any(key => !after.Children.ContainsKey(key)))
            return false;
        foreach (var (key, value) in after.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!before.Children.TryGetValue(key, out var old))
            {
                if (!IsMeant(name, value, path, additions))
                    return false;
                continue;
            }

            path.Add(name);
            var same = Same(old, value, path, additions, ref left);
            path.RemoveAt(path.Count - 1);
            if (!same)
                return false;
        }

        return additions
            .At(path)
            .Where(addition => !addition.IsList)
            .All(addition => addition.Entries.All(entry => addition.Is(entry, after.Child(entry.Key))));
    }

    /// <summary>Whether something that was not there is an addition, or consists of additions alone.</summary>
    private static bool IsMeant(string name, YamlNode value, List<string> path, MeantAdditions additions)
    {
        if (Here(path, additions).Any(a => a.Entry.Key == name && a.Addition.Is(a.Entry, value)))
            return true;
        path.Add(name);
        var isMeant = value switch
        {
            YamlMappingNode map => IsAdded(map, path, additions),
            YamlSequenceNode list => list.Children.Count > 0
                && list.Children.All(item =>
                    Here(path, additions).Any(a => a.Addition.IsList && YamlAddition.Item(a.Entry) == (item as YamlScalarNode)?.Value)
                ),
            _ => false,
        };
        path.RemoveAt(path.Count - 1);
        return isMeant;
    }

    private static IEnumerable<(YamlAddition Addition, KeyValuePair<string, string> Entry)> Here(
        List<string> path,
        MeantAdditions additions
    ) => additions.At(path).SelectMany(a => a.Entries.Select(entry => (a, entry)));

    private static bool IsAdded(YamlMappingNode map, List<string> path, MeantAdditions additions) =>
        map.Children.Count > 0 && map.Children.All(pair => IsMeant((pair.Key as YamlScalarNode)?.Value ?? "", pair.Value, path, additions));

    /// <summary>A list of names that became a mapping with a condition for each.</summary>
    private static bool SameConditions(YamlSequenceNode before, YamlMappingNode after, List<string> path, MeantAdditions additions)
    {
        var meant = additions.Below(path).Where(a => a.ListBecomes is not null).ToList();
        var names = before.Children.OfType<YamlScalarNode>().Select(item => item.Value ?? "").ToHashSet(StringComparer.Ordinal);
        return meant.Count > 0
            && names.Count == before.Children.Count
            && names.All(name => after.Child(name).Text("condition") == meant[0].ListBecomes && after.Child(name).Pairs().Count() == 1)
            && after.Children.Count == names.Count + meant.Count
            && meant.All(a => a.Entries.All(entry => a.Is(entry, after.Child(a.Path[^1]).Child(entry.Key))));
    }

    private static bool SameLists(
        YamlSequenceNode before,
        YamlSequenceNode after,
        List<string> path,
        MeantAdditions additions,
        ref int left
    )
    {
        var added = additions
            .At(path)
            .Where(addition => addition.MayBeList)
            .SelectMany(addition => addition.Entries.Select(YamlAddition.Item))
            .ToHashSet(StringComparer.Ordinal);
        var there = before.Children.OfType<YamlScalarNode>().Select(item => item.Value).ToHashSet();
        var kept = after
            .Children.Where(item => item is not YamlScalarNode s || !added.Contains(s.Value ?? "") || there.Contains(s.Value))
            .ToList();
        if (kept.Count != before.Children.Count || after.Children.Count - kept.Count != added.Count(text => !there.Contains(text)))
            return false;
        for (var i = 0; i < kept.Count; i++)
        {
            path.Add(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var same = Same(before.Children[i], kept[i], path, additions, ref left);
            path.RemoveAt(path.Count - 1);
            if (!same)
                return false;
        }

        return true;
    }
}

/// <summary>Additions by their place.</summary>
internal sealed class MeantAdditions
{
    private readonly ILookup<string, YamlAddition> _at;
    private readonly ILookup<string, YamlAddition> _below;

    public MeantAdditions(IEnumerable<YamlAddition> additions)
    {
        var all = additions.ToList();
        _at = all.ToLookup(addition => Key(addition.Path));
        _below = all.ToLookup(addition => Key(addition.Path.SkipLast(1)));
    }

    public IEnumerable<YamlAddition> At(IEnumerable<string> path) => _at[Key(path)];

    /// <summary>Those whose parent is at a place.</summary>
    public IEnumerable<YamlAddition> Below(IEnumerable<string> path) => _below[Key(path)];

    private static string Key(IEnumerable<string> path) => string.Join('\0', path);
}
