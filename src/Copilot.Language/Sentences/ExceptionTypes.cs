using Copilot.Language.Linking;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>Types of exceptions that are named as code does: <c>OutOfMemoryError</c>.</summary>
internal static class ExceptionTypes
{
    /// <summary>The name of an exception: "IllegalStateException", "java.lang.OutOfMemoryError".</summary>
    public static (int Start, int End)? At(Sentence s)
    {
        for (var i = 1; i < s.Tokens.Count; i++)
        {
            if (s.Tokens[i].Glue != WordToken.CamelGlue || s.Tokens[i].Text is not ("Exception" or "Error" or "Fault"))
                continue;
            var start = i;
            while (start > 0 && s.Tokens[start - 1].Group == s.Tokens[i].Group)
                start--;
            return s.LinkAt(start) is null or { Kind: LinkKind.Value } ? (start, i + 1) : null;
        }

        return null;
    }
}
