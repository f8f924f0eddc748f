using System.Text.Json;
using Copilot.Store.Commands;
using Microsoft.AspNetCore.Diagnostics;

namespace Copilot.Web.Api.Edge;

/// <summary>Says what is wrong with a request with the status that it has, and never with 500.</summary>
internal sealed class RefusedRequests : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception failure, CancellationToken cancellationToken)
    {
        var answer = failure switch
        {
            BadHttpRequestException refused => ApiProblem.Refused(Words(refused), refused.StatusCode),
            // A chunk of more bytes than can be counted.
            IOException { InnerException: OverflowException } => ApiProblem.BadRequest($"The body cannot be read: {failure.Message}"),
            _ when QueryTooExpensiveException.Of(failure) is { } expensive => ApiProblem.TooExpensive(expensive.Message),
            _ => null,
        };
        if (answer is null)
            return false;
        await answer.ExecuteAsync(http);
        return true;
    }

    private static string Words(BadHttpRequestException refused) =>
        refused.InnerException is JsonException broken
            ? $"The body is not the JSON that is expected here: {broken.Message}"
            : refused.Message;
}

/// <summary>A request that cannot be used; the message says to its sender what is wrong with it and what it should be.</summary>
internal sealed class RefusedRequestException(string message, int status = StatusCodes.Status400BadRequest)
    : BadHttpRequestException(message, status);
