using System.Buffers;
using Copilot.Ingest;

namespace Copilot.Cli.Importing;

/// <summary>Several lines of a file as one export request: fewer, larger requests are quicker to take.</summary>
internal sealed class OtlpRequest
{
    private readonly ArrayBufferWriter<byte> _body = new(1 << 16);
    private readonly List<(int Line, int Start, int Length, int Items)> _parts = [];

    public OtlpRequest(Signal signal, string file)
    {
        Signal = signal;
        File = file;
        _body.Write(Head(signal));
    }

    public Signal Signal { get; }

    public string File { get; }

    public int Items { get; private set; }

    public int Length => _body.WrittenCount;

    public int Lines => _parts.Count;

    public int FirstLine => _parts[0].Line;

    public void Add(int line, ReadOnlySpan<byte> resources, int items)
    {
        if (resources.IsEmpty)
            return;
        if (_parts.Count > 0)
            _body.Write(","u8);
        _parts.Add((line, _body.WrittenCount, resources.Length, items));
        _body.Write(resources);
        Items += items;
    }

    public ReadOnlyMemory<byte> ToBody() => (byte[])[.. _body.WrittenSpan, .. "]}"u8];

    /// <summary>Each line as a request of its own, to find out which of them is refused.</summary>
    public IEnumerable<OtlpRequest> Split()
    {
        foreach (var (line, start, length, items) in _parts)
        {
            var one = new OtlpRequest(Signal, File);
            one.Add(line, _body.WrittenSpan.Slice(start, length), items);
            yield return one;
        }
    }

    private static ReadOnlySpan<byte> Head(Signal signal) =>
        signal switch
        {
            Signal.Traces => "{\"resourceSpans\":["u8,
            Signal.Logs => "{\"resourceLogs\":["u8,
            _ => "{\"resourceMetrics\":["u8,
        };
}
