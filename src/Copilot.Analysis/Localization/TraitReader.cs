using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Signals;
using Copilot.Analysis.Thresholds;
using Copilot.Analysis.Traces;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Localization;

/// <summary>Which traits a request has: where it and what it calls runs, and what its own spans and those of its callers, up to the first,
/// say of it.</summary>
internal sealed class TraitReader(SampleRequests sample, SampleAttributes attributes)
{
    /// <summary>What an instance is known by where its resource says no more.</summary>
    private const string Instance = "service.instance.id";

    private readonly Dictionary<(int Resource, int Instance), IReadOnlyList<Trait>> _places = [];
    private readonly Dictionary<(TraceId Trace, SpanId Span), IReadOnlyList<Trait>> _sayings = [];

    /// <summary>Whether anything is known of where requests run.</summary>
    public bool KnowsResources => attributes.Resources.Count > 0;

    /// <summary>The traits of where it runs, each with the service that runs there.</summary>
    public IEnumerable<(Trait Trait, int Owner)> Places(Exposure exposure, RequestSet set)
    {
        foreach (var trait in PlaceOf(exposure.Request, set))
            yield return (trait, exposure.Request.Service);
        foreach (var call in exposure.Request.Calls)
        {
            if (call.Request < 0 || !exposure.Callees.Contains(call.Callee))
                continue;
            foreach (var trait in PlaceOf(set.Requests[call.Request], set))
                yield return (trait, call.Callee);
        }
    }

    /// <summary>What was said of the request itself, each with the service that said it, the nearest one first; null where its spans were
    /// not read.</summary>
    public IReadOnlyList<(Trait Trait, int Owner)>? Sayings(Exposure exposure, RequestSet set)
    {
        var said = new List<(Trait, int)>();
        var wasRead = false;
        foreach (var span in SpansOf(exposure.Request, set))
        {
            ref readonly var s = ref set.Forest.Spans[span];
            if (SayingsOf((set.Sample.TraceIds[s.Trace], s.Id)) is not { } traits)
                continue;
            wasRead = true;
            foreach (var trait in traits)
                said.Add((trait, s.Service));
        }

        return wasRead ? said : null;
    }

    /// <summary>The spans that speak of a request: its own, but for its calls, and the entry spans of whoever called it.</summary>
    public static IEnumerable<int> SpansOf(Request request, RequestSet set)
    {
        yield return request.Span;
        foreach (var child in set.Forest.Children(request.Span))
        {
            if (set.Forest.Spans[child].Kind == SpanKind.Internal && set.Forest.Spans[child].Service == request.Service)
                yield return child;
        }

        var at = request.Caller;
        for (var depth = 0; at >= 0 && depth < TraitThresholds.Deepest; depth++)
        {
            yield return set.Requests[at].Span;
            at = set.Requests[at].Caller;
        }
    }

    private IReadOnlyList<Trait>? SayingsOf((TraceId, SpanId) span)
    {
        if (_sayings.TryGetValue(span, out var traits))
            return traits;
        if (!attributes.Spans.TryGetValue(span, out var values))
            return null;
        _sayings.Add(
            span,
            traits = [.. values.Where(v => !BreakdownRanker.IsExcluded(v.Key)).Select(v => new Trait(AttributeLevel.Span, v.Key, v.Value))]
        );
        return traits;
    }

    private IReadOnlyList<Trait> PlaceOf(Request request, RequestSet set)
    {
        var key = (set.Forest.Spans[request.Span].Resource, request.Instance);
        if (!_places.TryGetValue(key, out var traits))
            _places.Add(key, traits = [.. Read(key.Resource, key.Instance)]);
        return traits;
    }

    private IEnumerable<Trait> Read(int resource, int instance)
    {
        var known = attributes.Resources.GetValueOrDefault(resource, []);
        foreach (var (key, value) in known)
        {
            if (!BreakdownRanker.IsExcluded(key))
                yield return new Trait(AttributeLevel.Resource, key, value);
        }

        if (instance >= 0 && sample.Names[instance] is var name && !known.Any(a => a.Value == name))
            yield return new Trait(AttributeLevel.Resource, Instance, name);
    }
}
