using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using Anthropic;
using Azure.Identity;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Copilot.Models.Providers;

/// <summary>Makes the client of the configured provider.</summary>
internal static class ChatClients
{
    // A failing provider is answered by the built-in interpreter, which is faster than waiting for many tries.
    private const string AzureScope = "https://cognitiveservices.azure.com/.default";

    /// <exception cref="ModelException">The configuration does not fit the provider; the message says what is missing.</exception>
    public static IChatClient Create(ModelOptions options) =>
        options.Provider.ToLowerInvariant() switch
        {
            "openai" => OpenAi(options, new ApiKeyCredential(Key(options)), options.BaseUrl),
            "azure" => Azure(options),
            // Servers of one's own often want no key, but the protocol's client sends one.
            "compatible" => OpenAi(options, new ApiKeyCredential(options.ApiKey is { Length: > 0 } key ? key : "none"), Address(options)),
            "anthropic" => Anthropic(options),
            var other => throw new ModelException($"Model:Provider is '{other}'; it must be openai, azure, anthropic or compatible"),
        };

    private static IChatClient OpenAi(ModelOptions options, ApiKeyCredential key, string? url) =>
        new ChatClient(options.Name, key, At(url)).AsIChatClient();

    private static IChatClient Azure(ModelOptions options)
    {
        var at = At(AzureAddress(Address(options)));
#pragma warning disable OPENAI001 // The policies are marked experimental; they are the documented way to authenticate at the v1 endpoint.
        AuthenticationPolicy who = options.ApiKey is { Length: > 0 } key
            ? ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(key), "api-key")
            : new BearerTokenPolicy(new DefaultAzureCredential(), AzureScope);
        return new ChatClient(options.Name, who, at).AsIChatClient();
#pragma warning restore OPENAI001
    }

    /// <summary>The v1 endpoint of a resource, whichever part of its address was configured.</summary>
    internal static string AzureAddress(string url)
    {
        var bare = url.TrimEnd('/');
        return bare.EndsWith("/openai/v1", StringComparison.Ordinal) ? bare + "/"
            : bare.EndsWith("/openai", StringComparison.Ordinal) ? bare + "/v1/"
            : bare + "/openai/v1/";
    }

    private static IChatClient Anthropic(ModelOptions options)
    {
        // How long a question may take is the loop's to say.
        var http = new HttpClient(new MessagesHeaders(Key(options))) { Timeout = Timeout.InfiniteTimeSpan };
        var client = options.BaseUrl is { Length: > 0 }
            ? new AnthropicClient
            {
                ApiKey = Key(options),
                BaseUrl = Address(options),
                MaxRetries = LimitThresholds.Retries,
                HttpClient = http,
            }
            : new AnthropicClient
            {
                ApiKey = Key(options),
                MaxRetries = LimitThresholds.Retries,
                HttpClient = http,
            };
        return client.AsIChatClient(options.Name, options.Limits.AnswerTokens);
    }

    private static OpenAIClientOptions At(string? url) =>
        new()
        {
            Endpoint = url is { Length: > 0 } ? new Uri(url) : null,
            RetryPolicy = new ClientRetryPolicy(LimitThresholds.Retries),
            // How long a question may take is the loop's to say.
            Transport = new HttpClientPipelineTransport(new HttpClient(Direct()) { Timeout = Timeout.InfiniteTimeSpan }),
        };

    /// <summary>Sends to the configured address alone: a server that points elsewhere must not choose who sees the key and the
    /// question.</summary>
    internal static SocketsHttpHandler Direct() => new() { AllowAutoRedirect = false };

    private static string Key(ModelOptions options) =>
        options.ApiKey is { Length: > 0 } key
            ? key
            : throw new ModelException($"Model:ApiKey is missing for the provider '{options.Provider}'");

    private static string Address(ModelOptions options)
    {
        if (options.BaseUrl is not { Length: > 0 } url)
            throw new ModelException($"Model:BaseUrl is missing for the provider '{options.Provider}'");
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? url
            : throw new ModelException("Model:BaseUrl is no http or https address");
    }
}

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
