using Copilot.Telemetry.Text;
using Markdig;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;

namespace Copilot.Slack.Api;

/// <summary>
/// Markdown as Slack's mrkdwn. Everything that is not formatting is escaped, so no text from elsewhere can mention anyone, link
/// anywhere, or call a channel.
/// </summary>
public static class Mrkdwn
{
    private static readonly MarkdownPipeline _pipeline = Pipeline();

    /// <summary>The three signs that Slack reads in plain text.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <param name="site">What relative links lead to; without it they become plain text.</param>
    /// <param name="near">A time near to those that the text tells, which then become the reader's own; null to leave them.</param>
    public static string Of(string markdown, Uri? site = null, DateTimeOffset? near = null)
    {
        using var text = new StringWriter();
        try
        {
            new MrkdwnRenderer(text, site, near).Render(Markdown.Parse(markdown, _pipeline));
        }
        catch (ArgumentException)
        {
            // Markdig refuses what is nested too deep; it is shown as it came.
            return Escape(markdown).TrimEnd('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Without any mark-up, in one line: what a locked phone shows and a screen reader reads.</summary>
    public static string Plain(string markdown)
    {
        using var text = new StringWriter();
        try
        {
            new PlainRenderer(text).Render(Markdown.Parse(markdown, _pipeline));
        }
        catch (ArgumentException)
        {
            return Hostile.Line(markdown, markdown.Length);
        }

        return text.ToString();
    }

    /// <summary>Only what is named here is formatting; HTML, entities, bare addresses, rules and numbered lists are text.</summary>
    private static MarkdownPipeline Pipeline()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.BlockParsers.Clear();
        builder.BlockParsers.Add(new FencedCodeBlockParser { OpeningCharacters = ['`'] });
        builder.BlockParsers.Add(new HeadingBlockParser());
        builder.BlockParsers.Add(new SignedLineParser());
        builder.BlockParsers.Add(new PlainLineParser());
        // An underscore stands in many names of services and attributes.
        var emphasis = new EmphasisInlineParser();
        emphasis.EmphasisDescriptors.RemoveAll(descriptor => descriptor.Character == '_');
        builder.InlineParsers.Clear();
        builder.InlineParsers.Add(new EscapeInlineParser());
        builder.InlineParsers.Add(new CodeInlineParser());
        builder.InlineParsers.Add(new LinkInlineParser());
        builder.InlineParsers.Add(emphasis);
        return builder.Build();
    }
}
