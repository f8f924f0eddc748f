using Copilot.Store.Traceql;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Web.Tempo;

/// <summary>Attributes and their values, for editors: <c>/tempo/api/search/tags</c>, <c>/tempo/api/search/tag/{tag}/values</c> and their
/// second versions.</summary>
internal static class TagEndpoints
{
    private const string Intrinsic = "intrinsic";
    private const int MostNames = 10_000;
    private const int MostValues = 1_000;

    /// <summary>Without a scope, attributes alone; intrinsics are told where they are asked for.</summary>
    public static async Task<IResult> NamesAsync(HttpContext http, AttributeReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        var limit = Limit(request);
        var scopes = await ScopesAsync(request, null, reads, http.RequestAborted);
        var names = scopes
            .Where(s => s.Name != Intrinsic || request.Text("scope") == Intrinsic)
            .SelectMany(s => s.Tags)
            .Distinct()
            .Order(StringComparer.Ordinal);
        return Results.Json(new { tagNames = names.Take(limit), metrics = new { } });
    }

    public static async Task<IResult> ScopedNamesAsync(HttpContext http, AttributeReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        var limit = Limit(request);
        var scopes = await ScopesAsync(request, request.Narrowing()?.SingleFilter, reads, http.RequestAborted);
        return Results.Json(new { scopes = scopes.Select(s => new { name = s.Name, tags = s.Tags.Take(limit) }), metrics = new { } });
    }

    /// <summary>Nothing is searched here that would become stale; <c>maxStaleValues</c> is checked and has nothing to end.</summary>
    private static int Limit(TempoRequest request)
    {
        request.Number("maxStaleValues", 0, 0, int.MaxValue);
        return request.Number("limit", MostNames, 1, MostNames);
    }

    private static async Task<List<(string Name, IReadOnlyList<string> Tags)>> ScopesAsync(
        TempoRequest request,
        SpansetFilter? narrowing,
        AttributeReads reads,
        CancellationToken cancellationToken
    )
    {
        var wanted = request.Text("scope");
        if (wanted is not (null or "resource" or "span" or "event" or "link" or "instrumentation" or Intrinsic or "none"))
            throw new TempoRequestException("'scope' must be one of resource, span, event, link, instrumentation, intrinsic.");
        var attributes = wanted == Intrinsic ? [] : await reads.NamesAsync(narrowing, request.Window(), cancellationToken);
        var scopes = attributes
            .GroupBy(a => a.Scope)
            .Select(g =>
                (
                    Name: g.Key.ToString().ToLowerInvariant(),
                    Tags: (IReadOnlyList<string>)g.Select(a => a.Key).Order(StringComparer.Ordinal).ToList()
                )
            )
            .Append((Name: Intrinsic, Tags: Intrinsics.AllSpellings.Order(StringComparer.Ordinal).ToList()));
        return scopes.Where(s => wanted is null or "none" || s.Name == wanted).ToList();
    }

    public static async Task<IResult> ValuesAsync(string tag, HttpContext http, AttributeReads reads, TimeProvider time)
    {
        var values = await ReadAsync(tag, http, reads, time);
        return Results.Json(new { tagValues = values.Select(v => v.Text).Distinct(), metrics = new { } });
    }

    public static async Task<IResult> TypedValuesAsync(string tag, HttpContext http, AttributeReads reads, TimeProvider time)
    {
        var values = await ReadAsync(tag, http, reads, time);
        return Results.Json(new { tagValues = values.Select(v => new { type = v.Type, value = v.Text }), metrics = new { } });
    }

    private static Task<IReadOnlyList<StoredAttributeValue>> ReadAsync(
        string tag,
        HttpContext http,
        AttributeReads reads,
        TimeProvider time
    )
    {
        var request = new TempoRequest(http.Request.Query, time);
        return reads.ValuesAsync(
            Reference(tag),
            request.Narrowing()?.SingleFilter,
            request.Window(),
            Math.Min(Limit(request), MostValues),
            http.RequestAborted
        );
    }

    /// <summary>A tag as the query language writes it; a bare name counts for every scope, as in the first version. Grafana escapes it
    /// twice.</summary>
    private static FieldExpression Reference(string tag)
    {
        var once = Uri.UnescapeDataString(tag);
        foreach (var text in new[] { once, "." + once })
        {
            if (
                TraceQlParser.TryParseSyntax($"{{ {text} }}", out var query, out _)
                && query.SingleFilter?.Condition is { } condition and (AttributeReference { OfParent: false } or IntrinsicReference)
            )
                return condition;
        }

        throw new TempoRequestException("This is no attribute: write span.http.route, resource.service.name or .name.");
    }
}
