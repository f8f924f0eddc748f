using System.Globalization;
using System.Text;

namespace Copilot.Ownership.Catalog;

/// <summary>
/// What a catalogue file is called: folders and a name with "/" between them. It is only a name here, nothing is opened by it; but it is
/// shown
/// as the source of owners and guides, so it may not pretend to be another file or another line.
/// </summary>
public static class CatalogPath
{
    public const int Longest = 500;

    /// <summary>The one spelling of a path: no empty or "." folders, characters composed (Unicode form C).</summary>
    /// <exception cref="CatalogFileException">It is no such path; the message says why.</exception>
    public static string Normalise(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        path = path.Trim();
        if (Unseen(path) is { } rune)
            throw Refused($"holds {Told(rune)}, which is not to be seen in a name");
        if (path.Contains('\\', StringComparison.Ordinal))
            throw Refused("holds a backslash; folders are parted with /");
        if (path.StartsWith('/') || path.StartsWith('~') || path.Contains("://", StringComparison.Ordinal) || IsDrive(path))
            throw Refused("is absolute; it begins with the first folder below the catalogue's own, such as catalog/components.yaml");
        var parts = path.Normalize(NormalizationForm.FormC).Split('/').Select(part => part.Trim()).ToArray();
        if (parts.Contains(".."))
            throw Refused("leads out of its folder with ..");
        if (parts[^1] is "" or ".")
            throw Refused("names no file");
        var normal = string.Join('/', parts.Where(part => part is not ("" or ".")));
        return normal.Length <= Longest
            ? normal
            : throw Refused(string.Create(CultureInfo.InvariantCulture, $"is longer than {Longest} characters"));
    }

    /// <summary>A path that may not be as it should, for people to read: what is not to be seen is spelt out, and its length is
    /// bounded.</summary>
    public static string Shown(string path)
    {
        var shown = new StringBuilder();
        foreach (var rune in path.EnumerateRunes())
        {
            if (shown.Length >= Longest)
                return shown.Append('…').ToString();
            shown.Append(IsUnseen(rune) ? Told(rune) : rune.ToString());
        }

        return shown.ToString();
    }

    private static Rune? Unseen(string path)
    {
        // Half a surrogate pair comes out as the replacement character.
        foreach (var rune in path.EnumerateRunes())
        {
            if (IsUnseen(rune))
                return rune;
        }

        return null;
    }

    private static bool IsUnseen(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse;

    private static bool IsDrive(string path) => path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':';

    private static string Told(Rune rune) => rune.Value == 0 ? "NUL" : string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    private static CatalogFileException Refused(string why) => new($"its path {why}", null, null);
}
