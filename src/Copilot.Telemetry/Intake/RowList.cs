using System.Buffers;

namespace Copilot.Telemetry.Intake;

/// <summary>A growing, pooled array of row structs.</summary>
public sealed class RowList<T> : IDisposable
    where T : struct
{
    private T[] _rows = ArrayPool<T>.Shared.Rent(64);

    public int Count { get; private set; }

    public Span<T> Span => _rows.AsSpan(0, Count);

    /// <summary>A row of default values at the end, to be filled in place.</summary>
    public ref T Add()
    {
        if (Count == _rows.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(_rows.Length * 2);
            _rows.AsSpan().CopyTo(larger);
            ArrayPool<T>.Shared.Return(_rows);
            _rows = larger;
        }

        ref var row = ref _rows[Count++];
        row = default;
        return ref row;
    }

    /// <summary>Takes back the row added last.</summary>
    public void RemoveLast() => Count--;

    public void Dispose()
    {
        var rows = _rows;
        _rows = [];
        Count = 0;
        if (rows.Length > 0)
            ArrayPool<T>.Shared.Return(rows);
    }
}
