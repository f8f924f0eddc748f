using System.Text;
using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Samples;

/// <summary>
/// The constant part of a log message. Messages begin with their constant words and end with their values, so a template
/// is the first few words that hold no digit, quote or braces; a source position such as <c>Orders.java:31</c> is kept. Where something is
/// left out stands "…": it is read as what somebody wrote.
/// </summary>
public static class LogTemplate
{
    private const string LeftOut = " …";

    private static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(" \t\r\n,;=[](){}<>|\"'");

    public static string Of(ReadOnlySpan<char> message)
    {
        if (message.Length > MessageThresholds.TemplateScanned)
            message = message[..MessageThresholds.TemplateScanned];
        var text = new StringBuilder();
        var words = 0;
        var leftOut = false;
        while (words < MessageThresholds.TemplateWords && !message.IsEmpty)
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
                if (leftOut && words > 0)
                    text.Append(LeftOut);
                if (words++ > 0)
                    text.Append(' ');
                text.Append(word);
                leftOut = isValue;
            }
            else
            {
                leftOut = true;
            }

            if (isValue)
            {
                var skip = message.IndexOfAny(Separators);
                message = skip < 0 ? [] : message[skip..];
            }
        }

        if (words > 0 && (leftOut || message.ContainsAnyExcept(Separators)))
            text.Append(LeftOut);
        return text.ToString();
    }

    /// <summary>A name with a line number: letters, then <c>#</c> or <c>:</c>, then at most five digits.</summary>
    private static bool IsPosition(ReadOnlySpan<char> word)
    {
        var mark = word.LastIndexOfAny('#', ':');
        if (mark < 2 || word.Length - mark is < 2 or > MessageThresholds.LongestLineNumber)
            return false;
        return !word[..mark].ContainsAnyInRange('0', '9') && !word[(mark + 1)..].ContainsAnyExceptInRange('0', '9');
    }
}

/// <summary>The lean columns of one log record.</summary>
public readonly record struct SampleLog
{
    public required long TimeNs { get; init; }

    public required int Service { get; init; }

    /// <summary>OTLP's <see cref="SeverityNumber"/>.</summary>
    public required int Severity { get; init; }

    /// <summary>The message's template, as <see cref="LogTemplate.Of"/> makes it.</summary>
    public required int Template { get; init; }

    /// <summary>The trace's index in the sample, or -1 where the record names none or one that is not in the sample.</summary>
    public int Trace { get; init; } = -1;

    public SpanId Span { get; init; }

    public int Instance { get; init; } = NameTable.None;

    public SampleLog() { }
}
