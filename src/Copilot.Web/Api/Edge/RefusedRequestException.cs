namespace Copilot.Web.Api.Edge;

/// <summary>A request that cannot be used; the message says to its sender what is wrong with it and what it should be.</summary>
internal sealed class RefusedRequestException(string message, int status = StatusCodes.Status400BadRequest) : BadHttpRequestException(message, status);
