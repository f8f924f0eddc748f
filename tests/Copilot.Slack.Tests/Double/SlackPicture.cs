using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Copilot.Slack.Tests.Double;

/// <summary>What people would see in Slack, as a web page: for looking at, not for measuring.</summary>
internal static partial class SlackPicture
{
    private const string Style = """
        body{font:15px/1.46 Lato,Arial,sans-serif;margin:0;background:#fff;color:#1d1c1d}main{max-width:46rem;margin:0 auto;padding:16px}
        header{border-bottom:1px solid #ddd;padding-bottom:8px;margin-bottom:12px}.topic{color:#616061}.message{padding:6px 0}.who{font-weight:900}
        .context{color:#616061;font-size:13px}.button{display:inline-block;border:1px solid #bbb;border-radius:4px;padding:4px 12px;margin:4px 8px 4px 0;font-weight:700}
        .primary{background:#007a5a;color:#fff;border-color:#007a5a}pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;white-space:pre-wrap;overflow-wrap:anywhere}
        code{background:#f8f8f8;border:1px solid #ddd;border-radius:3px;color:#e01e5a;padding:1px 3px}pre code{border:0;color:inherit}p{margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere}
        blockquote{border-left:4px solid #ddd;margin:4px 0;padding-left:10px}.modal{border:1px solid #ccc;border-radius:8px;max-width:34rem;margin:0 auto;padding:16px}
        label.box{display:block;margin:4px 0}label.box small{display:block;color:#616061;margin-left:22px}.mark{color:#616061;font-size:12px}
        @media (prefers-color-scheme:dark){body{background:#1a1d21;color:#d1d2d3}pre,code{background:#222529;border-color:#3a3d41}code{color:#e8912d}.context,.topic,.mark,label.box small{color:#ababad}}
        """;

    public static void Channel(SlackChannel channel, string name)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<header><b># {Text(channel.Name)}</b><div class=topic>{Mrkdwn(channel.Topic)}</div>");
        foreach (var link in channel.Bookmarks)
            page.Append(CultureInfo.InvariantCulture, $"<div class=mark>{Text(link)}</div>");
        page.Append("</header>");
        foreach (var message in channel.Messages)
        {
            var pinned = channel.Pins.Contains(message.Ts) ? "<span class=mark>pinned</span>" : "";
            var blocks = message.Blocks.ValueKind == JsonValueKind.Array ? Blocks(message.Blocks) : $"<p>{Mrkdwn(message.Text)}</p>";
            page.Append(CultureInfo.InvariantCulture, $"<div class=message><span class=who>copilot</span> {pinned}{blocks}</div>");
        }

        Write(name, page.ToString());
    }

    public static void Modal(JsonElement view, string name)
    {
        var submit = view.TryGetProperty("submit", out var button)
            ? $"<div><span class='button primary'>{Text(Plain(button))}</span><span class=button>Cancel</span></div>"
            : "";
        Write(
            name,
            $"<div class=modal><h3>{Text(Plain(view.GetProperty("title")))}</h3>{Blocks(view.GetProperty("blocks"))}{submit}</div>"
        );
    }

    private static string Blocks(JsonElement blocks) => string.Concat(blocks.EnumerateArray().Select(Block));

    private static string Block(JsonElement block) =>
        block.GetProperty("type").GetString() switch
        {
            "section" =>
                $"<div>{(block.TryGetProperty("accessory", out var accessory) ? $"<span style='float:right'>{Button(accessory)}</span>" : "")}{Mrkdwn(Plain(block.GetProperty("text")))}</div>",
            "header" => $"<h3>{Text(Plain(block.GetProperty("text")))}</h3>",
            "context" =>
                $"<div class=context>{string.Concat(block.GetProperty("elements").EnumerateArray().Select(element => Mrkdwn(Plain(element))))}</div>",
            "divider" => "<hr>",
            "actions" => $"<div>{string.Concat(block.GetProperty("elements").EnumerateArray().Select(Button))}</div>",
            "input" => $"<p><b>{Text(Plain(block.GetProperty("label")))}</b></p>{Options(block.GetProperty("element"))}",
            _ => "",
        };

    private static string Button(JsonElement element) =>
        $"<span class='button {(element.TryGetProperty("style", out var style) ? style.GetString() : "")}'>{Text(Plain(element.GetProperty("text")))}</span>";

    private static string Options(JsonElement element)
    {
        if (!element.TryGetProperty("options", out _))
            return "<textarea rows=3 style='width:100%'></textarea>";
        var ticked = element.TryGetProperty("initial_options", out var initial)
            ? initial.EnumerateArray().Select(option => option.GetProperty("value").GetString()).ToHashSet()
            : [];
        return string.Concat(
            element
                .GetProperty("options")
                .EnumerateArray()
                .Select(option =>
                    $"<label class=box><input type=checkbox {(ticked.Contains(option.GetProperty("value").GetString()) ? "checked" : "")}> {Text(Plain(option.GetProperty("text")))}"
                    + (option.TryGetProperty("description", out var why) ? $"<small>{Text(Plain(why))}</small>" : "")
                    + "</label>"
                )
        );
    }

    private static string Plain(JsonElement text) => text.GetProperty("text").GetString()!;

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    // Slack's text comes escaped already; what is left of "<…>" are links and mentions.
    private static string Mrkdwn(string text)
    {
        var html = Entity()
            .Replace(
                text,
                match => $"\u0001{(match.Groups["label"].Success ? match.Groups["label"].Value : match.Groups["target"].Value)}\u0002"
            );
        html = Fence().Replace(html, match => $"</p><pre>{match.Groups[1].Value.Trim('\n')}</pre><p>");
        html = Code().Replace(html, "<code>$1</code>");
        html = Bold().Replace(html, "<b>$1</b>");
        html = Italic().Replace(html, "<i>$1</i>");
        html = Quote().Replace(html, "<blockquote>$1</blockquote>");
        return $"<p>{html.Replace("\u0001", "<a href='#'>", StringComparison.Ordinal).Replace("\u0002", "</a>", StringComparison.Ordinal)}</p>";
    }

    private static void Write(string name, string body, [CallerFilePath] string here = "")
    {
        var folder = Directory
            .CreateDirectory(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "screenshots")))
            .FullName;
        File.WriteAllText(
            Path.Combine(folder, name + ".html"),
            $"<!doctype html><meta charset=utf-8><title>{name}</title><style>{Style}</style><main>{body}</main>"
        );
    }

    [GeneratedRegex(@"<(?<target>[^>|]+)(?:\|(?<label>[^>]*))?>")]
    private static partial Regex Entity();

    [GeneratedRegex("```(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!\w)_([^_\n]+)_(?!\w)")]
    private static partial Regex Italic();

    [GeneratedRegex("^(?:&gt;|>) (.*)$", RegexOptions.Multiline)]
    private static partial Regex Quote();

    [GeneratedRegex(@"(?<![\w*])\*([^*\n]+)\*(?![\w*])")]
    private static partial Regex Bold();
}
