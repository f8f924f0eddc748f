using System.Text.Encodings.Web;

namespace Copilot.Web.SignIn;

/// <summary>A page without a circuit: for those who may not have one.</summary>
internal static class PlainPage
{
    /// <param name="link">Where to go on, by default to the first page.</param>
    public static Task WriteAsync(
        HttpContext http,
        int status,
        string title,
        string told,
        string link = "/",
        string words = "To the first page"
    )
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        var (heading, text, address, name) = (Encoded(title), Encoded(told), Encoded(link), Encoded(words));
        return http.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" /><title>{heading}</title>
            <link rel="stylesheet" href="/css/tokens.css" /><link rel="stylesheet" href="/css/app.css" />
            </head>
            <body><main class="page">
            <h1>{heading}</h1><p class="notice" role="status">{text}</p><p><a href="{address}">{name}</a></p>
            </main></body>
            </html>

            """
        );
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
