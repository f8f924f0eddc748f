using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Copilot.Slack.Api;

/// <summary>Writes a parsed text as mrkdwn, each line on the line where it stood.</summary>
internal sealed class MrkdwnRenderer : TextRendererBase<MrkdwnRenderer>
{
    private const string Fence = "```";
    private readonly Uri? _site;
    private readonly DateTimeOffset? _near;
    private int _line;
    private bool _heading;
    private bool _label;

    /// <param name="near">A time near to those that the text tells; null where they stay as they are.</param>
    public MrkdwnRenderer(TextWriter writer, Uri? site, DateTimeOffset? near)
        : base(writer)
    {
        _site = site;
        _near = near;
        Writes<FencedCodeBlock>(Code);
        Writes<HeadingBlock>(Heading);
        Writes<SignedLine>(line => Line(line, line.Sign));
        Writes<ParagraphBlock>(line => Line(line, ""));
        Writes<LiteralInline>(literal => Text(literal.Content.ToString()));
        Writes<CodeInline>(Code);
        Writes<EmphasisInline>(Emphasis);
        Writes<LinkInline>(Link);
        Writes<DelimiterInline>(Delimiter);
    }

    private void Writes<T>(Action<T> write)
        where T : MarkdownObject => ObjectRenderers.Add(new RenderPart<MrkdwnRenderer, T>(write));

    private void MoveTo(int line)
    {
        for (; _line < line; _line++)
            Writer.Write('\n');
    }

    private void Line(ParagraphBlock line, string sign)
    {
        MoveTo(line.Line);
        Writer.Write(new string(' ', line.Column) + sign);
        WriteLeafInline(line);
    }

    private void Heading(HeadingBlock heading)
    {
        MoveTo(heading.Line);
        // All of it is bold: a star in it would end that.
        Writer.Write('*');
        _heading = true;
        WriteLeafInline(heading);
        _heading = false;
        Writer.Write('*');
    }

    private void Code(FencedCodeBlock code)
    {
        MoveTo(code.Line);
        Writer.Write(Fence);
        foreach (var line in code.Lines.Lines.Take(code.Lines.Count))
        {
            MoveTo(_line + 1);
            Writer.Write(Mrkdwn.Escape(line.Slice.ToString().Trim().Replace(Fence, "'''", StringComparison.Ordinal)));
        }

        MoveTo(_line + 1);
        Writer.Write(Fence);
    }

    // Thirty-two digits are for machines: people get eight that lead to the trace.
    private void Code(CodeInline code)
    {
        if (!_label && _site is not null && IsTraceId(code.Content))
            Writer.Write($"<{new Uri(_site, "/trace/" + code.Content).AbsoluteUri}|{code.Content[..SlackTelling.ShortTraceId]}>");
        else
            Text($"`{code.Content.Replace('`', '\'')}`", quoted: true);
    }

    internal static bool IsTraceId(string text) => text.Length == SlackTelling.TraceId && text.All(char.IsAsciiHexDigitLower);

    private void Emphasis(EmphasisInline emphasis)
    {
        var sign =
            emphasis.DelimiterCount == 1 ? "_"
            : _heading ? ""
            : "*";
        Writer.Write(sign);
        WriteChildren(emphasis);
        Writer.Write(sign);
    }

    private void Link(LinkInline link)
    {
        if (link.IsImage)
            Text("!");
        var address = _label ? null : Address(link.Url ?? "");
        Writer.Write(address is null ? "" : $"<{Mrkdwn.Escape(address)}|");
        var outer = _label;
        _label = true;
        WriteChildren(link);
        _label = outer;
        Writer.Write(address is null ? "" : ">");
    }

    /// <summary>A sign that opened nothing is text.</summary>
    private void Delimiter(DelimiterInline delimiter)
    {
        Text(delimiter.ToLiteral());
        WriteChildren(delimiter);
    }

    /// <summary>Everything that comes from the text itself goes through here.</summary>
    /// <param name="quoted">What stands between backticks is what somebody else wrote.</param>
    private void Text(string text, bool quoted = false)
    {
        if (_heading)
            text = text.Replace("*", "", StringComparison.Ordinal);
        if (_label)
            text = IsTraceId(text) ? text[..SlackTelling.ShortTraceId] : text.Replace('|', '/');
        Writer.Write(_near is { } near && !quoted && !_label && !_heading ? SlackClock.Escaped(text, near) : Mrkdwn.Escape(text));
    }

    private string? Address(string text)
    {
        if (text.StartsWith('/'))
        {
            // Two slashes, the second one in either direction, begin a host's name.
            var elsewhere = text is [_, '/' or '\\', ..];
            return _site is null || elsewhere ? null : new Uri(_site, text).AbsoluteUri;
        }

        return
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http"
            && !text.Contains('|', StringComparison.Ordinal)
            ? address.AbsoluteUri
            : null;
    }
}

/// <summary>How one kind of a text's parts is written.</summary>
internal sealed class RenderPart<TRenderer, T>(Action<T> write) : MarkdownObjectRenderer<TRenderer, T>
    where TRenderer : TextRendererBase
    where T : MarkdownObject
{
    protected override void Write(TRenderer renderer, T obj) => write(obj);
}
