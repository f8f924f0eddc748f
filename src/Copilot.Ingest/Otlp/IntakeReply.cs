using Copilot.Ingest.Admission;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Copilot.Ingest.Otlp;

/// <summary>What the sender of a request is told, before it is put into HTTP's or gRPC's words.</summary>
/// <param name="Code">gRPC's status code; <see cref="StatusCode.OK"/> when the request was taken, in whole or in part.</param>
/// <param name="Message">Why something was not taken; empty when all was.</param>
/// <param name="Rejected">Items of a taken request that were not.</param>
/// <param name="RetryAfter">When to try again; null: trying again does not help.</param>
internal sealed record IntakeReply(StatusCode Code, string Message = "", long Rejected = 0, TimeSpan? RetryAfter = null)
{
    public static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(2);

    /// <summary>The status that HTTP's server gives a request whose framing is broken; null: the one that fits the code.</summary>
    public int? OwnStatus { get; init; }

    public static IntakeReply Accepted { get; } = new(StatusCode.OK);

    public static IntakeReply NoKey { get; } = new(
        StatusCode.Unauthenticated, "Senders on other machines need a key: set Ingest__Keys__NAME and send it as Authorization: Bearer.");

    public static IntakeReply Invalid(string message) => new(StatusCode.InvalidArgument, message);

    public static IntakeReply TooLarge(long limit) =>
        new(StatusCode.ResourceExhausted, $"The request is larger than {limit >> 20} MiB after decompression. Send smaller batches.");

    public static IntakeReply Busy { get; } =
        new(StatusCode.ResourceExhausted, "More telemetry arrives than the store can take. Send it again later.", RetryAfter: BusyDelay);

    public static IntakeReply Unavailable(string message, TimeSpan retryAfter) => new(StatusCode.Unavailable, message, RetryAfter: retryAfter);

    /// <summary>What is answered where a body could not be read; null where it is not the body's fault.</summary>
    /// <param name="limit">The largest body, in bytes.</param>
    public static IntakeReply? OfUnreadable(Exception failure, long limit) => failure switch
    {
        BodyTooLargeException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(limit),
        BodyMemoryExhaustedException => Busy,
        BadHttpRequestException broken => Invalid($"The request's body cannot be read: {broken.Message}") with { OwnStatus = broken.StatusCode },
        InvalidDataException broken => Invalid(broken.Message),
        _ => null,
    };

    /// <summary>HTTP's status for the same thing.</summary>
    public int HttpStatus => OwnStatus ?? Code switch
    {
        StatusCode.OK => 200,
        StatusCode.InvalidArgument => 400,
        StatusCode.Unauthenticated => 401,
        StatusCode.PermissionDenied => 403,
        StatusCode.ResourceExhausted => RetryAfter is null ? 413 : 429,
        StatusCode.Unavailable => 503,
        // The sender is gone and hears none of it; this is what proxies count it as.
        StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        StatusCode.Unimplemented => 415,
        _ => 500,
    };
}
