using System.Text;

namespace Copilot.Instrument.Reading;

/// <summary>A shell's line as words; quotes hold together, and what a shell would compute stays as it is written.</summary>
internal static class CommandWords
{
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, open) = ('\0', false);
        foreach (var letter in line)
        {
            if (quote != '\0')
            {
                if (letter == quote)
                    quote = '\0';
                else
                    word.Append(letter);
            }
            else if (letter is '"' or '\'')
                (quote, open) = (letter, true);
            else if (letter is ';' or '&' or '|' or '\n')
            {
                End();
                if (words.Count > 0 && words[^1] != ";")
                    words.Add(";");
            }
            else if (char.IsWhiteSpace(letter))
                End();
            else
                (_, open) = (word.Append(letter), true);
        }

        End();
        return words;

        void End()
        {
            if (open)
                words.Add(word.ToString());
            word.Clear();
            open = false;
        }
    }
}
