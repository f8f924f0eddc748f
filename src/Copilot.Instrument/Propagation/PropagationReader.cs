using Copilot.Store.Instrumentation;
using Copilot.Telemetry.Records;

namespace Copilot.Instrument.Propagation;

/// <summary>Reads what the doctor looks at: slices of the window, evenly over it, of the hours whose spans are all still there.</summary>
public sealed class PropagationReader(CallSideReads reads)
{
    /// <param name="window">Half-open.</param>
    /// <param name="spans">How many spans were received in it.</param>
    public async Task<PropagationSample> ReadAsync(TimeWindow window, long spans, CancellationToken cancellationToken)
    {
        var thinned = await reads.ThinnedAsync(window, cancellationToken);
        var slices = Slices(window, spans, thinned);
        if (slices.Count == 0)
            return PropagationSample.Empty with
            {
                ReadShare = 0,
                Note =
                    thinned.Count > 0
                        ? "Of this time not all spans are stored any more; where context is lost can be told of newer hours alone."
                        : null,
            };
        const int most = (int)LedgerThresholds.MostSpans;
        var sides = await reads.ReadAsync(slices, most, cancellationToken);
        var kept = await reads.KeptAsync(slices, cancellationToken);
        var parents = await reads.LostParentsAsync(slices, cancellationToken);
        var requests = await reads.RequestsAsync(WithinService.Suspects(sides), slices, most, cancellationToken);
        var seconds = slices.Sum(slice => slice.Seconds);
        return new PropagationSample
        {
            Sides = sides,
            Kept = kept,
            Parents = parents,
            Databases = await reads.DatabasesAsync(slices, cancellationToken),
            Requests = requests,
            Minutes = seconds / 60,
            ReadShare = Math.Min(1, seconds / Math.Max(1, window.Seconds)),
            Note = thinned.Count > 0 ? "Hours of which not all spans are stored any more were left out." : null,
        };
    }

    /// <summary>The beginning of every nth minute, so that about as many spans lie in them as may be read.</summary>
    internal static IReadOnlyList<TimeWindow> Slices(TimeWindow window, long spans, IReadOnlyList<long> thinned)
    {
        var share = spans <= LedgerThresholds.MostSpans ? 1 : (double)LedgerThresholds.MostSpans / spans;
        var lengthNs = (long)(share * UnixNanos.PerMinute);
        var every = 1L;
        if (lengthNs < LedgerThresholds.ShortestSliceNs)
        {
            every = (LedgerThresholds.ShortestSliceNs + lengthNs - 1) / Math.Max(1, lengthNs);
            lengthNs = LedgerThresholds.ShortestSliceNs;
        }

        var slices = new List<TimeWindow>();
        for (var from = window.FromNs; from < window.ToNs; from += every * UnixNanos.PerMinute)
        {
            var slice = new TimeWindow(from, Math.Min(from + lengthNs, window.ToNs));
            if (thinned.Any(at => slice.Overlaps(new TimeWindow(at, at + UnixNanos.PerHour))))
                continue;
            // What is read whole is one stretch, so that nothing is cut.
            if (slices.Count > 0 && slices[^1].ToNs == slice.FromNs)
                slices[^1] = slices[^1] with { ToNs = slice.ToNs };
            else
                slices.Add(slice);
        }

        return slices;
    }
}
