using System.Globalization;
using System.Text;

namespace Copilot.Models.Phrases;

/// <summary>Takes out what nobody can see, so that what is checked is what is read: zero width signs, directions, tags, fillers.</summary>
internal static class PlainSigns
{
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    plain.Append('\n');
                    break;
                case UnicodeCategory.Control when rune.Value is '\n' or '\t':
                    plain.Append(rune);
                    break;
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate:
                    break;
                default:
                    if (!IsFiller(rune.Value))
                        plain.Append(rune);
                    break;
            }
        }

        return plain.ToString();
    }

    // Joiners, variation selectors and letters that are drawn as nothing; U+FFFD stands for half a sign.
    private static bool IsFiller(int sign) =>
        sign
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or 0x2800
                or 0x3164
                or 0xFFA0
                or 0xFFFD
                or (>= 0x180B and <= 0x180F)
                or (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xE0000 and <= 0xE0FFF);
}
