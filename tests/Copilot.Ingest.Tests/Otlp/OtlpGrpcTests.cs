using System.Text;
using Copilot.Store.Intake;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Xunit;

namespace Copilot.Ingest.Tests.Otlp;

/// <summary>gRPC's own client against the intake.</summary>
public sealed class OtlpGrpcTests : IAsyncLifetime
{
    private static readonly byte[] GoodTrace = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(value => value, value => value);
    private static readonly Method<byte[], byte[]> Export = new(
        MethodType.Unary,
        "opentelemetry.proto.collector.trace.v1.TraceService",
        "Export",
        Bytes,
        Bytes
    );

    private static readonly Metadata.Entry Gzip = new("grpc-internal-encoding-request", "gzip");

    private readonly RecordingWriter _writer = new();
    private IntakeHost _host = null!;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spans_are_taken_plain_and_packed(bool gzip)
    {
        var answer = await CallAsync(Samples.Protobuf("GET /cart", GoodTrace), gzip ? [Gzip] : []);
        Assert.Empty(answer);
        Assert.Equal(["GET /cart"], _writer.SpanNames);
    }

    [Fact]
    public async Task Several_calls_share_a_connection()
    {
        using var channel = GrpcChannel.ForAddress(_host.Grpc);
        var invoker = channel.CreateCallInvoker();
        var calls = Enumerable
            .Range(0, 20)
            .Select(_ => invoker.AsyncUnaryCall(Export, null, new CallOptions(), Samples.Protobuf("x", GoodTrace)).ResponseAsync);
        await Task.WhenAll(calls);
        Assert.Equal(20, _writer.Spans);
    }

    [Fact]
    public async Task Rejected_spans_come_back_as_partial_success()
    {
        var response = new CodedInputStream(await CallAsync(Samples.Protobuf("x", GoodTrace, [1]), []));
        response.ReadTag();
        var partial = response.ReadBytes().CreateCodedInput();
        partial.ReadTag();
        Assert.Equal(1, partial.ReadInt64());
    }

    [Fact]
    public async Task A_broken_message_is_invalid_argument_with_a_bad_request_detail()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(Samples.Protobuf("x", GoodTrace)[..^5], []));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Contains("google.rpc.BadRequest", Details(failure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_down_is_unavailable_with_retry_info()
    {
        _writer.Failure = new StoreUnavailableException("Kaputt: voll, 100 % – später.");
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(Samples.Protobuf("x", GoodTrace), []));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Equal("Kaputt: voll, 100 % – später.", failure.Status.Detail);
        Assert.Contains("google.rpc.RetryInfo", Details(failure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressure_is_resource_exhausted_with_retry_info()
    {
        _writer.PendingItems = 1_000_000;
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(Samples.Protobuf("x", GoodTrace), []));
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Contains("google.rpc.RetryInfo", Details(failure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_resource_exhausted_without_retry_info()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(new byte[65 * 1024 * 1024], []));
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.DoesNotContain("google.rpc.RetryInfo", Details(failure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_unpacks_to_more_than_the_limit_is_resource_exhausted_without_retry_info()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(new byte[65 * 1024 * 1024], [Gzip]));
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.DoesNotContain("google.rpc.RetryInfo", Details(failure), StringComparison.Ordinal);
        Assert.Empty(_writer.SpanNames);
    }

    [Fact]
    public async Task A_packed_message_that_breaks_off_is_invalid_argument()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(Samples.Protobuf("x", GoodTrace), [Gzip], new Torn()));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Empty(_writer.SpanNames);
    }

    [Fact]
    public async Task A_service_that_is_not_offered_is_unimplemented()
    {
        using var channel = GrpcChannel.ForAddress(_host.Grpc);
        var profiles = new Method<byte[], byte[]>(
            MethodType.Unary,
            "opentelemetry.proto.collector.profiles.v1development.ProfilesService",
            "Export",
            Bytes,
            Bytes
        );
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            channel.CreateCallInvoker().AsyncUnaryCall(profiles, null, new CallOptions(), []).ResponseAsync
        );
        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task An_encoding_that_is_not_known_is_unimplemented()
    {
        using var channel = GrpcChannel.ForAddress(_host.Grpc, new GrpcChannelOptions { CompressionProviders = [new Upside()] });
        var options = new CallOptions([new Metadata.Entry("grpc-internal-encoding-request", "upside")]);
        var call = channel.CreateCallInvoker().AsyncUnaryCall(Export, null, options, Samples.Protobuf("x", GoodTrace));
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
        Assert.Contains("gzip or identity", failure.Status.Detail, StringComparison.Ordinal);
    }

    public async Task InitializeAsync() => _host = await IntakeHost.StartAsync(_writer);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private async Task<byte[]> CallAsync(byte[] request, Metadata headers, params ICompressionProvider[] packing)
    {
        using var channel = GrpcChannel.ForAddress(
            _host.Grpc,
            new GrpcChannelOptions { MaxSendMessageSize = null, CompressionProviders = packing is [] ? null : packing }
        );
        return await channel.CreateCallInvoker().AsyncUnaryCall(Export, null, new CallOptions(headers), request);
    }

    private static string Details(RpcException failure) =>
        Encoding.UTF8.GetString(failure.Trailers.GetValueBytes("grpc-status-details-bin") ?? []);

    /// <summary>gzip that leaves out its end.</summary>
    private sealed class Torn : ICompressionProvider
    {
        public string EncodingName => "gzip";

        public Stream CreateCompressionStream(Stream stream, System.IO.Compression.CompressionLevel? compressionLevel) =>
            new TornStream(stream);

        public Stream CreateDecompressionStream(Stream stream) => stream;

        private sealed class TornStream(Stream packed) : MemoryStream
        {
            protected override void Dispose(bool disposing)
            {
                using var whole = new MemoryStream();
                using (
                    var gzip = new System.IO.Compression.GZipStream(whole, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)
                )
                    gzip.Write(ToArray());
                packed.Write(whole.ToArray().AsSpan(..^12));
                base.Dispose(disposing);
            }
        }
    }

    private sealed class Upside : ICompressionProvider
    {
        public string EncodingName => "upside";

        public Stream CreateCompressionStream(Stream stream, System.IO.Compression.CompressionLevel? compressionLevel) =>
            new MemoryStream();

        public Stream CreateDecompressionStream(Stream stream) => stream;
    }
}
