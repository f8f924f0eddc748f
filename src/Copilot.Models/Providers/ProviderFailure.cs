using System.ClientModel;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Anthropic.Exceptions;
using Azure.Identity;

namespace Copilot.Models.Providers;

/// <summary>What went wrong at a model's provider, in words for the person who asked.</summary>
internal static class ProviderFailure
{
    /// <summary>Null where the failure is none of a provider's: a defect of our own must not pass for one.</summary>
    public static string? Explain(Exception failure) =>
        failure switch
        {
            ModelException told => told.Message,
            // The clients wrap what went wrong on each try.
            AggregateException { InnerException: { } inner } => Explain(inner),
            ClientResultException { Status: > 0 } refused => OfStatus(refused.Status),
            AnthropicApiException refused => OfStatus((int)refused.StatusCode),
            // An error event in the middle of a stream.
            AnthropicSseException { Body: var body } => OfKind(Kind(body)),
            AuthenticationFailedException => "this machine has no identity that the model's provider accepts (Entra ID)",
            HttpRequestException or AnthropicIOException or IOException or ClientResultException => Unreachable(failure),
            AnthropicException or JsonException or InvalidOperationException => "the model's provider does not keep to its protocol",
            _ => null,
        };

    private static string OfStatus(int status) =>
        status switch
        {
            >= 300 and < 400 => Told(
                status,
                "it points to another address, which is not followed with the key; set Model:BaseUrl to that address if it is right"
            ),
            400 or 422 => Told(status, "it does not take the request; the model's name or its limits may not fit"),
            401 => Told(status, "the key is not accepted"),
            402 => Told(status, "the account has no credit left"),
            403 => Told(status, "the key may not use this model"),
            404 => Told(status, "there is no such model or address"),
            408 or 504 => Told(status, "it took too long"),
            413 => Told(status, "the conversation is too long for it"),
            429 => "the model's provider limits the rate (429)",
            529 => "the model's provider is overloaded (529)",
            >= 500 => Told(status, "it is in trouble itself"),
            _ => string.Create(CultureInfo.InvariantCulture, $"the model's provider answered {status}"),
        };

    private static string OfKind(string kind) =>
        kind switch
        {
            "overloaded_error" => "the model's provider is overloaded (529)",
            "rate_limit_error" => "the model's provider limits the rate (429)",
            "authentication_error" => Told(401, "the key is not accepted"),
            "timeout_error" => Told(504, "it took too long"),
            _ => "the model's provider broke off in the middle of its answer",
        };

    private static string Kind(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty("error", out var error)
        && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("type", out var kind)
        && kind.ValueKind == JsonValueKind.String
            ? kind.GetString()!
            : string.Empty;

    private static string Told(int status, string why) =>
        string.Create(CultureInfo.InvariantCulture, $"the model's provider answered {status}: {why}");

    private static string Unreachable(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData })
                return "the model's provider cannot be reached: its address is not known here";
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return "the model's provider cannot be reached: nothing listens at its address";
            if (inner is System.Security.Authentication.AuthenticationException)
                return "the model's provider cannot be reached: its certificate is not accepted";
        }

        return "the model's provider cannot be reached, or it broke off in the middle of its answer";
    }
}

/// <summary>The model could not answer; the message says why, for the person who asked.</summary>
public sealed class ModelException : Exception
{
    public ModelException(string message)
        : base(message) { }

    public ModelException(string message, Exception inner)
        : base(message, inner) { }
}
