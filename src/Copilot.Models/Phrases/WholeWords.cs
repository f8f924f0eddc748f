namespace Copilot.Models.Phrases;

/// <summary>Names inside a text, where they are whole words of it: "web" is not in "cobweb" nor in "web-api".</summary>
internal static class WholeWords
{
    /// <returns>Where it begins, from a place on; -1 where it is not there.</returns>
    public static int Find(string text, string name, int from = 0)
    {
        if (name.Length == 0)
            return -1;
        for (
            var at = text.IndexOf(name, from, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var end = at + name.Length;
            if ((at == 0 || !IsOfName(text[at - 1])) && (end == text.Length || !IsOfName(text[end])))
                return at;
        }

        return -1;
    }

    private static bool IsOfName(char sign) => char.IsLetterOrDigit(sign) || sign is '-' or '_' or '/';
}
