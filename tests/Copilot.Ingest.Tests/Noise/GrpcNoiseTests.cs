using System.Net;
using Grpc.Core;
using Xunit;

namespace Copilot.Ingest.Tests.Noise;

/// <summary>Garbage on gRPC's port: answered, told in a line, and of strangers not even read.</summary>
public sealed class GrpcNoiseTests
{
    private static readonly byte[][] Garbage =
    [
        [],
        [1, 2, 3],
        [0, 0xFF, 0xFF, 0xFF, 0xFF, 1],
        [7, 0, 0, 0, 1, 1],
        RawGrpc.Frame([0xFF]),
        RawGrpc.Frame([1, 2, 3], packed: true),
        [.. RawGrpc.Frame([]), 9],
    ];

    private readonly RecordingWriter _writer = new();

    [Fact]
    public async Task It_is_answered_and_told_in_one_line_without_a_stack()
    {
        using var log = new LineLog();
        await using var host = await IntakeHost.StartAsync(_writer, log: log);
        using var grpc = new RawGrpc(host.Grpc);
        for (var round = 0; round < 20; round++)
        {
            foreach (var body in Garbage)
            {
                var (status, message) = await grpc.CallAsync("Trace", body);
                Assert.False(status is StatusCode.Unknown or StatusCode.Internal, $"{status}: {message}");
                Assert.DoesNotContain("failed to take", message, StringComparison.Ordinal);
            }
        }

        var (_, text, failure) = Assert.Single(log.Lines);
        Assert.Null(failure);
        Assert.StartsWith("A request over gRPC could not be taken: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_strangers_it_is_refused_before_it_is_read()
    {
        using var log = new LineLog();
        await using var host = await IntakeHost.StartAsync(_writer, log: log, sender: IPAddress.Parse("10.0.0.7"));
        using var grpc = new RawGrpc(host.Grpc);
        foreach (var body in Garbage)
            Assert.Equal(StatusCode.Unauthenticated, (await grpc.CallAsync("Trace", body)).Status);
        Assert.Empty(log.Lines);
    }
}
