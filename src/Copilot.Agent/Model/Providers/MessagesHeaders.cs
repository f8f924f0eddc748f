using System.Net.Http.Headers;

namespace Copilot.Agent.Model.Providers;

/// <summary>
/// The headers that the Messages API documents: the key in <c>x-api-key</c> and the version that all its documentation is written for. The
/// vendor's client sends the key as a bearer token and a version of its own, which gateways in front of the API need not know.
/// </summary>
internal sealed class MessagesHeaders(string key) : DelegatingHandler(ChatClients.Direct())
{
    private const string Version = "2023-06-01";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = null;
        Set(request.Headers, "x-api-key", key);
        Set(request.Headers, "anthropic-version", Version);
        return base.SendAsync(request, cancellationToken);
    }

    private static void Set(HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.Add(name, value);
    }
}
