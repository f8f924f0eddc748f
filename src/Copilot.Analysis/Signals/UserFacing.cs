using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Signals;

/// <summary>
/// Which services people meet. A worker that starts its own traces (a consumer of a queue, a timer) has no caller either, but nobody
/// waits for it; and who only sends requests (a browser, a generator of load) stands for people without being one more layer.
/// </summary>
internal static class UserFacing
{
    public static IReadOnlySet<int> Of(SampleRequests sample)
    {
        var callers = new Dictionary<int, HashSet<int>>();
        var serves = new HashSet<int>();
        var receives = new HashSet<int>();
        var sends = new HashSet<int>();
        foreach (var set in sample.Baselines.Append(sample.Bad))
        {
            foreach (var request in set.Requests)
            {
                var kind = set.Forest.Spans[request.Span].Kind;
                if (request.Caller >= 0)
                    Callers(request.Service).Add(set.Requests[request.Caller].Service);
                if (kind is SpanKind.Server or SpanKind.Consumer)
                    receives.Add(request.Service);
                // Some senders set no kind at all; what is not known to be inner work counts.
                if (kind is SpanKind.Server or SpanKind.Unspecified)
                    serves.Add(request.Service);
                else if (kind == SpanKind.Client && request.Caller < 0)
                    sends.Add(request.Service);
            }
        }

        sends.ExceptWith(receives);
        return serves
            .Where(service => Callers(service).All(caller => caller == service || sends.Contains(caller)))
            .Concat(sends)
            .ToHashSet();

        HashSet<int> Callers(int service)
        {
            if (!callers.TryGetValue(service, out var found))
                callers.Add(service, found = []);
            return found;
        }
    }
}
