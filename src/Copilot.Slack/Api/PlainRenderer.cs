using System.Text.RegularExpressions;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Copilot.Slack.Api;

/// <summary>Writes a parsed text as plain words in one line: lines are told apart by a full stop, rows of a list by a semicolon.</summary>
internal sealed partial class PlainRenderer : TextRendererBase<PlainRenderer>
{
    private bool _row;
    private char _last;

    public PlainRenderer(TextWriter writer)
        : base(writer)
    {
        Writes<FencedCodeBlock>(code => Line(() => Text(string.Join(' ', code.Lines.Lines.Take(code.Lines.Count))), row: false));
        Writes<HeadingBlock>(heading => Line(() => WriteLeafInline(heading), row: false));
        Writes<SignedLine>(line => Line(() => WriteLeafInline(line), row: true));
        Writes<ParagraphBlock>(line => Line(() => WriteLeafInline(line), row: false));
        Writes<LiteralInline>(literal => Text(Signs().Replace(literal.Content.ToString(), "")));
        // Nobody reads thirty-two digits off a locked phone.
        Writes<CodeInline>(code => Text(MrkdwnRenderer.IsTraceId(code.Content) ? code.Content[..SlackTelling.ShortTraceId] : code.Content));
        Writes<EmphasisInline>(emphasis => WriteChildren(emphasis));
        Writes<LinkInline>(link => WriteChildren(link));
        Writes<DelimiterInline>(delimiter =>
        {
            Text(delimiter.ToLiteral());
            WriteChildren(delimiter);
        });
    }

    private void Writes<T>(Action<T> write)
        where T : MarkdownObject => ObjectRenderers.Add(new RenderPart<PlainRenderer, T>(write));

    private void Line(Action write, bool row)
    {
        if (_last != default)
        {
            Text(
                _last is ':' or '.' or '?' or '!' or ';' or ',' ? " "
                : row && _row ? "; "
                : ". "
            );
        }

        _row = row;
        write();
    }

    // ":warning:" is a picture in Slack and noise when it is read aloud.
    [GeneratedRegex(@"(?<!\w):(?:warning|white_check_mark): ?")]
    private static partial Regex Signs();

    private void Text(string text)
    {
        if (text.Length == 0)
            return;
        Writer.Write(text);
        _last = text.TrimEnd() is [.., var end] ? end : _last;
    }
}
