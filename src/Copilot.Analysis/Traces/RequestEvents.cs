using System.Runtime.InteropServices;

namespace Copilot.Analysis.Traces;

/// <summary>What happened in each of very many requests, gathered in one list: a set for each of them would be most of the work.</summary>
internal sealed class RequestEvents(int about)
{
    /// <summary>The request's number before the event's, so that their order as numbers is that of requests and their events.</summary>
    private readonly List<long> _events = new(about);

    public void Add(int request, int number) => _events.Add(((long)request << 32) | ((uint)number ^ 0x8000_0000u));

    /// <summary>Each request its distinct events in ascending order.</summary>
    public void GiveTo(IReadOnlyList<Request> requests)
    {
        var all = CollectionsMarshal.AsSpan(_events);
        all.Sort();
        Span<int> numbers = stackalloc int[256];
        for (var from = 0; from < all.Length; )
        {
            var request = (int)(all[from] >> 32);
            var to = from;
            while (to < all.Length && (int)(all[to] >> 32) == request)
                to++;
            if (to - from > numbers.Length)
                numbers = new int[to - from];
            var count = 0;
            for (var i = from; i < to; i++)
            {
                if (i == from || all[i] != all[i - 1])
                    numbers[count++] = (int)((uint)all[i] ^ 0x8000_0000u);
            }

            requests[request].Events = numbers[..count].ToArray();
            from = to;
        }
    }
}
