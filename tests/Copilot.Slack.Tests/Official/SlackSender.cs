using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Copilot.Slack.Tests.Official;

/// <summary>Sends deliveries to an app's request URL as Slack does: signed over the raw body, with the headers of a repetition where it is
/// one.</summary>
internal sealed class SlackSender(HttpClient http, Uri address, string secret)
{
    public Task<HttpResponseMessage> FormAsync(string body) => SendAsync(body, "application/x-www-form-urlencoded");

    public Task<HttpResponseMessage> InteractionAsync(string payload) => FormAsync("payload=" + Uri.EscapeDataString(payload));

    public Task<HttpResponseMessage> EventAsync(string body, int retry = 0) => SendAsync(body, "application/json", retry);

    public static string Sign(string secret, string timestamp, string body) =>
        "v0="
        + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));

    private async Task<HttpResponseMessage> SendAsync(string body, string type, int retry = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", Sign(secret, timestamp, body));
        if (retry > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", retry.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", "http_timeout");
        }

        return await http.SendAsync(request);
    }
}
