using System.IO.Compression;
using System.Text;
using Google.Protobuf;

namespace Copilot.Ingest.Tests;

/// <summary>Small OTLP requests, written by hand or by Google's own protobuf library.</summary>
internal static class Samples
{
    public const string Trace = "5b8efff798038103d269b633813fc60c";

    public static string Span(
        string name = "GET /",
        string trace = Trace,
        string span = "eee19b7ec3c1b174",
        int status = 0,
        long durationNs = 1_000_000
    ) =>
        $$$"""{"traceId":"{{{trace}}}","spanId":"{{{span}}}","name":"{{{name}}}","kind":2,"startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"{{{1_700_000_000_000_000_000 + durationNs}}}","status":{"code":{{{status}}}}}""";

    public static string Traces(params string[] spans) =>
        $$$"""{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeSpans":[{"scope":{"name":"s"},"spans":[{{{string.Join(',', spans)}}}]}]}]}""";

    public static string Logs() =>
        """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1700000000000000000","severityNumber":17,"body":{"stringValue":"no"}}]}]}]}""";

    public static string Metrics() =>
        """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","unit":"1","gauge":{"dataPoints":[{"timeUnixNano":"1700000000000000000","asDouble":1.5}]}}]}]}]}""";

    /// <summary>An ExportTraceServiceRequest with spans of this trace id (16 bytes make it valid).</summary>
    public static byte[] Protobuf(string name, params byte[][] traceIds)
    {
        var scope = new MemoryStream();
        foreach (var traceId in traceIds)
        {
            Message(
                scope,
                2,
                span =>
                {
                    Bytes(span, 1, traceId);
                    Bytes(span, 2, [1, 2, 3, 4, 5, 6, 7, 8]);
                    Bytes(span, 5, Encoding.UTF8.GetBytes(name));
                    span.WriteTag(6, WireFormat.WireType.Varint);
                    span.WriteInt32(2);
                    span.WriteTag(7, WireFormat.WireType.Fixed64);
                    span.WriteFixed64(1_700_000_000_000_000_000);
                    span.WriteTag(8, WireFormat.WireType.Fixed64);
                    span.WriteFixed64(1_700_000_000_001_000_000);
                }
            );
        }

        var resource = new MemoryStream();
        Message(resource, 2, bytes => bytes.WriteRawBytes(scope.ToArray()));
        var request = new MemoryStream();
        Message(request, 1, bytes => bytes.WriteRawBytes(resource.ToArray()));
        return request.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static void Bytes(CodedOutputStream output, int field, byte[] value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    }

    private static void Message(MemoryStream target, int field, Action<CodedOutputStream> write)
    {
        var inner = new MemoryStream();
        using (var output = new CodedOutputStream(inner, leaveOpen: true))
            write(output);
        using var outer = new CodedOutputStream(target, leaveOpen: true);
        Bytes(outer, field, inner.ToArray());
    }

    private static void WriteRawBytes(this CodedOutputStream output, byte[] bytes)
    {
        // CodedOutputStream keeps its raw writes to itself: every byte goes through the one-byte tag.
        foreach (var value in bytes)
            output.WriteRawTag(value);
    }
}
