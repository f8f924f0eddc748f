using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace Copilot.Web.Display;

/// <summary>
/// Markdown to HTML for texts that may quote telemetry: no raw HTML, no pictures (fetching one tells a stranger who looks), and
/// links only to pages of the app, web addresses and mail.
/// </summary>
public static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseTaskLists()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .Build();

    public static MarkupString ToHtml(string markdown) => ToHtml(markdown, null);

    /// <param name="near">A time of what is told.</param>
    public static MarkupString ToHtml(string markdown, DateTimeOffset near, LocalTime clock) => ToHtml(markdown, (near, clock));

    private static MarkupString ToHtml(string markdown, (DateTimeOffset Near, LocalTime Clock)? times)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage)
                link.ReplaceBy(new LiteralInline(link.FirstChild is LiteralInline alt ? alt.Content.ToString() : string.Empty));
            else if (!IsSafe(link.Url))
                link.Url = string.Empty;
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsSafe(link.Url)).ToList())
            link.ReplaceBy(new LiteralInline(link.Url));
        // A box that cannot be ticked here is a sign, not a control without a name.
        foreach (var box in document.Descendants<TaskList>().ToList())
            box.ReplaceBy(new LiteralInline(box.Checked ? "☑" : "☐"));
        // What can be wider than the page is scrolled, and so reached with the keyboard.
        foreach (var wide in document.Descendants().Where(block => block is CodeBlock or Table))
            wide.GetAttributes().AddProperty("tabindex", "0");
        if (times is { } told)
            TellTimes(document, told.Near, told.Clock);
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        if (renderer.ObjectRenderers.FindExact<CodeBlockRenderer>() is { } code)
            code.OutputAttributesOnPre = true;
        renderer.Render(document);
        return new MarkupString(writer.ToString());
    }

    private static void TellTimes(MarkdownDocument document, DateTimeOffset near, LocalTime clock)
    {
        foreach (var literal in document.Descendants<LiteralInline>().ToList())
        {
            var pieces = ToldTimes.Split(literal.Content.ToString(), near).ToList();
            if (pieces.Count == 1)
                continue;
            foreach (var (text, at) in pieces.Where(piece => piece.Text.Length > 0))
                literal.InsertBefore(at is { } time ? new HtmlInline(ToldTimes.Element(time, clock)) : new LiteralInline(text));
            literal.Remove();
        }
    }

    private static bool IsSafe(string? url) =>
        url is { Length: > 0 }
        && (
            (url[0] == '/' && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal))
            || url[0] == '#'
            || (Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https" or "mailto"))
        );
}
