using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Plans;
using Copilot.TraceQL;
using Copilot.TraceQL.Checking;
using Copilot.TraceQL.Syntax;

namespace Copilot.Web.Tempo;

/// <summary>What an editor of queries asks for: <c>/api/v1/traceql/check</c>, <c>/explain</c> and <c>/complete</c>.</summary>
internal static class QueryEndpoints
{
    private const int MostItems = 100;

    /// <summary>
    /// <c>q</c>, <c>start</c>, <c>end</c>. A bad query is no failure: the answer says what is wrong, where, and what was probably meant,
    /// and of a good one which of its attributes no span has and which of its hints change nothing.
    /// </summary>
    public static async Task<IResult> CheckAsync(string q, HttpContext http, AttributeReads reads, TimeProvider time)
    {
        if (!TraceQlParser.TryParse(q, out var query, out var error))
        {
            var advised = QueryAdvisor.WithAdvice(error, q);
            return Results.Json(
                new
                {
                    valid = false,
                    kind = error.Kind.ToString().ToLowerInvariant(),
                    message = error.Message,
                    error.Line,
                    error.Column,
                    error.Length,
                    advised.Hint,
                    advised.Fix,
                }
            );
        }

        var advice = QueryAdvisor.Advise(q);
        var unknown = await reads.UnknownAsync(query, new TempoRequest(http.Request.Query, time).Window(), http.RequestAborted);
        return Results.Json(
            new
            {
                valid = true,
                canonical = query.ToCanonical(),
                metrics = query.Metrics is not null,
                advice?.Hint,
                advice?.Fix,
                unknown,
                notes = HintNotes.NotFollowed(query),
            }
        );
    }

    /// <summary><c>q</c>, <c>start</c>, <c>end</c>: how the query would be answered, in words, and what it would read.</summary>
    public static async Task<IResult> ExplainAsync(HttpContext http, TraceQlReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        return Results.Json(await reads.ExplainAsync(request.Query(), request.Window(), request.Step()?.Ticks * 100, http.RequestAborted));
    }

    /// <summary><c>q</c>, <c>cursor</c> (characters before it), <c>start</c>, <c>end</c>: what can stand at the cursor.</summary>
    public static async Task<IResult> CompleteAsync(HttpContext http, AttributeReads reads, TimeProvider time)
    {
        var request = new TempoRequest(http.Request.Query, time);
        var text = request.Text("q") ?? "";
        var place = CompletionPlace.At(text, request.Number("cursor", text.Length, 0, text.Length));
        var items = place.Kind switch
        {
            CompletionKind.Attribute => await AttributesAsync(request, reads, http.RequestAborted),
            CompletionKind.Value => await ValuesAsync(place.Attribute!, request, reads, http.RequestAborted),
            _ => place.Words.Select(word => (Text: word, Detail: "keyword")),
        };
        var fitting = items
            .Where(i => i.Text.Contains(place.Typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(i => !i.Text.StartsWith(place.Typed, StringComparison.OrdinalIgnoreCase))
            .Take(MostItems);
        return Results.Json(
            new
            {
                from = place.From,
                to = place.To,
                items = fitting.Select(i => new { text = i.Text, detail = i.Detail }),
            }
        );
    }

    private static async Task<IEnumerable<(string Text, string Detail)>> AttributesAsync(
        TempoRequest request,
        AttributeReads reads,
        CancellationToken cancellationToken
    )
    {
        var known = await reads.AttributesAsync(request.Window(), cancellationToken);
        return known
            .GroupBy(a => (a.Scope, a.Key))
            .Select(g => (new AttributeReference(g.Key.Scope, g.Key.Key).ToString(), string.Join(", ", g.Select(a => a.Type).Distinct())))
            .Concat(CompletionPlace.Intrinsics.Select(i => (i, "intrinsic")));
    }

    private static async Task<IEnumerable<(string Text, string Detail)>> ValuesAsync(
        FieldExpression attribute,
        TempoRequest request,
        AttributeReads reads,
        CancellationToken cancellationToken
    ) => (await reads.ValuesAsync(attribute, null, request.Window(), MostItems * 10, cancellationToken)).Select(v => (v.Written, v.Type));
}
