using Copilot.Instrument.Reading;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Editing;

/// <summary>Something to be in a document: the mapping's place, and the keys with their texts. What is there already stays.</summary>
/// <param name="Document">The document's number in its file.</param>
/// <param name="Path">Keys and list positions from the document's root.</param>
public sealed record YamlAddition(int Document, IReadOnlyList<string> Path, IReadOnlyList<KeyValuePair<string, string>> Entries)
{
    /// <summary>An item <c>NAME=value</c> where the mapping turns out to be a list of such, as Compose's environment may be.</summary>
    public bool MayBeList { get; init; }

    /// <summary>The last part of the path is a list also where it is new.</summary>
    public bool IsList { get; init; }

    /// <summary>Values are YAML as they stand, not texts to be quoted; none that a file says may get here.</summary>
    public bool IsVerbatim { get; init; }

    /// <summary>A list of names in the place of the parent becomes a mapping in which each name has this condition.</summary>
    public string? ListBecomes { get; init; }

    /// <summary>Whether a node is what an entry says.</summary>
    internal bool Is(KeyValuePair<string, string> entry, YamlNode? node) =>
        IsVerbatim
            ? node is not null && node.Equals(ManifestYaml.Read(entry.Value)[0])
            : node is YamlScalarNode scalar && scalar.Value == entry.Value;

    /// <summary>An entry as an item of a list; one without a value is its key alone.</summary>
    internal static string Item(KeyValuePair<string, string> entry) => entry.Value.Length == 0 ? entry.Key : $"{entry.Key}={entry.Value}";
}

/// <summary>Why an addition cannot be made by inserting text.</summary>
public sealed class UneditableException(string message) : Exception(message);
