using Grpc.Core;

namespace Copilot.Ingest.Otlp;

/// <summary>What the sender of a request is told, before it is put into HTTP's or gRPC's words.</summary>
/// <param name="Code">gRPC's status code; <see cref="StatusCode.OK"/> when the request was taken, in whole or in part.</param>
/// <param name="Message">Why something was not taken; empty when all was.</param>
/// <param name="Rejected">Items of a taken request that were not.</param>
/// <param name="RetryAfter">When to try again; null: trying again does not help.</param>
internal sealed record IntakeReply(StatusCode Code, string Message = "", long Rejected = 0, TimeSpan? RetryAfter = null)
{
    public static IntakeReply Accepted { get; } = new(StatusCode.OK);

    public static IntakeReply Invalid(string message) => new(StatusCode.InvalidArgument, message);

    public static IntakeReply TooLarge(long limit) =>
        new(StatusCode.ResourceExhausted, $"The request is larger than {limit >> 20} MiB after decompression. Send smaller batches.");

    public static IntakeReply Busy(TimeSpan retryAfter) =>
        new(StatusCode.ResourceExhausted, "More telemetry arrives than the store can take. Send it again later.", RetryAfter: retryAfter);

    public static IntakeReply Unavailable(string message, TimeSpan retryAfter) => new(StatusCode.Unavailable, message, RetryAfter: retryAfter);

    /// <summary>HTTP's status for the same thing.</summary>
    public int HttpStatus => Code switch
    {
        StatusCode.OK => 200,
        StatusCode.InvalidArgument => 400,
        StatusCode.Unauthenticated => 401,
        StatusCode.PermissionDenied => 403,
        StatusCode.ResourceExhausted => RetryAfter is null ? 413 : 429,
        StatusCode.Unavailable => 503,
        StatusCode.Unimplemented => 415,
        _ => 500,
    };
}
