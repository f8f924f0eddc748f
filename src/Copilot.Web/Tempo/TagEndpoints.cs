using Copilot.Store.Traceql;
using Copilot.TraceQL.Fields;

namespace Copilot.Web.Tempo;

/// <summary>Attributes and their values, for editors: <c>/tempo/api/search/tags</c>, <c>/tempo/api/search/tag/{tag}/values</c> and their second versions.</summary>
internal static class TagEndpoints
{
    public static async Task<IResult> NamesAsync(HttpContext http, AttributeReads reads, TimeProvider time)
    {
        var scopes = await ScopesAsync(new TempoRequest(http.Request.Query, time), reads, http.RequestAborted);
        return Results.Json(new { tagNames = scopes.Where(s => s.Name != "intrinsic").SelectMany(s => s.Tags).Distinct().Order(StringComparer.Ordinal), metrics = new { } });
    }

    public static async Task<IResult> ScopedNamesAsync(HttpContext http, AttributeReads reads, TimeProvider time)
    {
        var scopes = await ScopesAsync(new TempoRequest(http.Request.Query, time), reads, http.RequestAborted);
        return Results.Json(new { scopes = scopes.Select(s => new { name = s.Name, tags = s.Tags }), metrics = new { } });
    }

    private static async Task<List<(string Name, IReadOnlyList<string> Tags)>> ScopesAsync(TempoRequest request, AttributeReads reads, CancellationToken cancellation)
    {
        var wanted = request.Text("scope");
        if (wanted is not (null or "resource" or "span" or "event" or "link" or "instrumentation" or "intrinsic" or "none"))
            throw new TempoRequestException("'scope' must be one of resource, span, event, link, instrumentation, intrinsic.");
        var attributes = await reads.AttributesAsync(request.Window(), cancellation);
        var scopes = attributes
            .GroupBy(a => a.Scope)
            .Select(g => (Name: g.Key.ToString().ToLowerInvariant(), Tags: (IReadOnlyList<string>)g.Select(a => a.Key).Distinct().Order(StringComparer.Ordinal).ToList()))
            .Append((Name: "intrinsic", Tags: Intrinsics.AllSpellings.Order(StringComparer.Ordinal).ToList()));
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

    private static Task<IReadOnlyList<AttributeValue>> ReadAsync(string tag, HttpContext http, AttributeReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        var limit = request.Number("limit", 1000, 1, 10_000);
        return reads.ValuesAsync(Reference(tag), request.Narrowing()?.SingleFilter, request.Window(), limit, http.RequestAborted);
    }

    /// <summary>A tag as the query language writes it; a bare name counts for every scope, as in the first version.</summary>
    private static FieldExpression Reference(string tag)
    {
        foreach (var text in new[] { tag, "." + tag })
        {
            if (TraceQL.TraceQlParser.TryParseSyntax($"{{ {text} }}", out var query, out _)
                && query.SingleFilter?.Condition is { } condition and (AttributeReference { OfParent: false } or IntrinsicReference))
                return condition;
        }

        throw new TempoRequestException("This is no attribute: write span.http.route, resource.service.name or .name.");
    }
}
