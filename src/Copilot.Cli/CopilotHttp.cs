using System.Net.Http.Headers;

namespace Copilot.Cli;

/// <summary>Speaks to a copilot, with the key of the environment where there is one: it is never an argument, which others could
/// read.</summary>
internal static class CopilotHttp
{
    public const string Variable = "COPILOT_KEY";

    public static HttpClient Client(Uri url, TimeSpan timeout)
    {
        // A redirect would carry the key elsewhere.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = url, Timeout = timeout };
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
        return http;
    }
}
