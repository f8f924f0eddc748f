using System.Buffers;
using Copilot.Ingest.Otlp;

namespace Copilot.Cli.Importing.Sending;

/// <summary>Several lines of a file as one export request: fewer, larger requests are quicker to take.</summary>
internal sealed class OtlpRequest
{
    private readonly ArrayBufferWriter<byte> body = new(1 << 16);
    private readonly List<(int Line, int Start, int Length)> parts = [];

    public OtlpRequest(Signal signal, string file)
    {
        Signal = signal;
        File = file;
        body.Write(Head(signal));
    }

    public Signal Signal { get; }

    public string File { get; }

    public int Items { get; private set; }

    public int Length => body.WrittenCount;

    public int Lines => parts.Count;

    public int FirstLine => parts[0].Line;

    public void Add(int line, ReadOnlySpan<byte> resources, int items)
    {
        if (resources.IsEmpty) return;
        if (parts.Count > 0) body.Write(","u8);
        parts.Add((line, body.WrittenCount, resources.Length));
        body.Write(resources);
        Items += items;
    }

    public ReadOnlyMemory<byte> ToBody() => (byte[])[.. body.WrittenSpan, .. "]}"u8];

    /// <summary>Each line as a request of its own, to find out which of them is refused.</summary>
    public IEnumerable<OtlpRequest> Split()
    {
        foreach (var (line, start, length) in parts)
        {
            var one = new OtlpRequest(Signal, File);
            one.Add(line, body.WrittenSpan.Slice(start, length), 0);
            yield return one;
        }
    }

    private static ReadOnlySpan<byte> Head(Signal signal) => signal switch
    {
        Signal.Traces => "{\"resourceSpans\":["u8,
        Signal.Logs => "{\"resourceLogs\":["u8,
        _ => "{\"resourceMetrics\":["u8,
    };
}
