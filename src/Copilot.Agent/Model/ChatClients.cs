using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Azure.Identity;
using Copilot.Agent.Model.OpenAi;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Copilot.Agent.Model;

/// <summary>Makes the client of the configured provider.</summary>
internal static class ChatClients
{
    private const string AzureScope = "https://cognitiveservices.azure.com/.default";

    /// <exception cref="ModelException">The configuration does not fit the provider; the message says what is missing.</exception>
    public static IChatClient Create(ModelOptions options) => options.Provider.ToLowerInvariant() switch
    {
        "openai" => OpenAi(options, Key(options), options.BaseUrl),
        "azure" when string.IsNullOrEmpty(options.ApiKey) => AzureByIdentity(options),
        "azure" => OpenAi(options, Key(options), Url(options)),
        // Servers of one's own often want no key, but the protocol's client sends one.
        "compatible" => OpenAi(options, options.ApiKey is { Length: > 0 } key ? key : "none", Url(options)),
        "anthropic" => Anthropic(options),
        var other => throw new ModelException($"Model:Provider is '{other}'; it must be openai, azure, anthropic or compatible."),
    };

    private static OpenAiChatClient OpenAi(ModelOptions options, string key, string? url) =>
        new(new ChatClient(options.Name, new ApiKeyCredential(key), At(url)));

    private static OpenAiChatClient AzureByIdentity(ModelOptions options)
    {
#pragma warning disable OPENAI001 // The policy is marked experimental; it is the documented way to use Entra ID with the v1 endpoint.
        return new(new ChatClient(options.Name, new BearerTokenPolicy(new DefaultAzureCredential(), AzureScope), At(Url(options))));
#pragma warning restore OPENAI001
    }

    private static IChatClient Anthropic(ModelOptions options)
    {
        var client = new AnthropicClient { ApiKey = Key(options) };
        if (options.BaseUrl is { Length: > 0 } url) client = new AnthropicClient { ApiKey = Key(options), BaseUrl = url };
        return client.AsIChatClient(options.Name, options.MostAnswerTokens);
    }

    // One try: a failing provider is answered by the built-in interpreter, which is faster than waiting.
    private static OpenAIClientOptions At(string? url) => new()
    {
        Endpoint = url is { Length: > 0 } ? new Uri(url) : null,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 1),
    };

    private static string Key(ModelOptions options) =>
        options.ApiKey is { Length: > 0 } key ? key : throw new ModelException($"Model:ApiKey is missing for the provider '{options.Provider}'.");

    private static string Url(ModelOptions options) =>
        options.BaseUrl is { Length: > 0 } url ? url : throw new ModelException($"Model:BaseUrl is missing for the provider '{options.Provider}'.");
}
