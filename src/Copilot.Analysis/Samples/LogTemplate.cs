using System.Text;

namespace Copilot.Analysis.Samples;

/// <summary>
/// The constant part of a log message. Messages begin with their constant words and end with their values, so a template
/// is the first few words that hold no digit, quote or braces; a source position such as <c>Orders.java:31</c> is kept.
/// </summary>
public static class LogTemplate
{
    private const int Words = 7;
    private const int Scanned = 400;

    private static readonly System.Buffers.SearchValues<char> Separators =
        System.Buffers.SearchValues.Create(" \t\r\n,;=[](){}<>|\"'");

    public static string Of(ReadOnlySpan<char> message)
    {
        if (message.Length > Scanned)
            message = message[..Scanned];
        var text = new StringBuilder(80);
        var words = 0;
        while (words < Words && !message.IsEmpty)
        {
            var end = message.IndexOfAny(Separators);
            var word = end < 0 ? message : message[..end];
            // What follows "key=" or an opening quote is a value, however wordy.
            var isValue = end > 0 && message[end] == '=';
            message = end < 0 ? [] : message[(end + 1)..];
            if (word.IsEmpty)
                continue;
            if (IsPosition(word) || !word.ContainsAnyInRange('0', '9'))
            {
                if (words++ > 0)
                    text.Append(' ');
                text.Append(word);
            }

            if (isValue)
            {
                var skip = message.IndexOfAny(Separators);
                message = skip < 0 ? [] : message[skip..];
            }
        }

        return text.ToString();
    }

    /// <summary>A name with a line number: letters, then <c>#</c> or <c>:</c>, then at most five digits.</summary>
    private static bool IsPosition(ReadOnlySpan<char> word)
    {
        var mark = word.LastIndexOfAny('#', ':');
        if (mark < 2 || word.Length - mark is < 2 or > 6)
            return false;
        return !word[..mark].ContainsAnyInRange('0', '9') && !word[(mark + 1)..].ContainsAnyExceptInRange('0', '9');
    }
}
