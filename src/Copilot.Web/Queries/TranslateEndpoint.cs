using Copilot.Agent.Interpretation.Catalogue;
using Copilot.Agent.Interpretation.Traceql;
using Copilot.Web.Api;

namespace Copilot.Web.Queries;

/// <summary>Plain words to TraceQL.</summary>
public static class TranslateEndpoint
{
    private const int MostCharacters = 2_000;

    public static IEndpointRouteBuilder MapTranslation(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/traceql/translate", TranslateAsync).DisableAntiforgery();
        return endpoints;
    }

    /// <summary>
    /// Takes <c>{"words": "…"}</c>. 200 with <c>query</c> (null where none could be made), <c>shape</c>, <c>unread</c> (words that the query does not say) and
    /// <c>score</c>; the query is not run. 400 where there are no words.
    /// </summary>
    private static async Task<IResult> TranslateAsync(TranslateBody body, LiveCatalogueLoader catalogues, TimeProvider time, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(body.Words) || body.Words.Length > MostCharacters)
            return ApiProblem.BadRequest($"Send {{\"words\": \"…\"}} with one to {MostCharacters:N0} characters that say which spans, traces or series are wanted.");
        var translation = TraceQlTranslator.Translate(body.Words, await catalogues.CurrentAsync(cancellation), time.GetUtcNow());
        return Results.Json(new
        {
            query = translation.Query?.ToString(),
            shape = translation.Shape.ToString().ToLowerInvariant(),
            unread = translation.Unread,
            score = Math.Round(translation.Score, 2),
        });
    }
}
