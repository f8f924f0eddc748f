using Copilot.Answers.Conversations;
using Copilot.Language.Queries;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

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
    /// Takes <c>{"words": "…"}</c>. 200 with <c>query</c> (null where none could be made), <c>shape</c>, <c>unread</c> (words that the
    /// query does not say) and
    /// <c>score</c>; the query is not run. 400 where there are no words.
    /// </summary>
    private static async Task<IResult> TranslateAsync(
        TranslateBody body,
        KnownNamesLoader catalogues,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(body.Words) || body.Words.Length > MostCharacters)
            return ApiProblem.BadRequest(
                $"Send {{\"words\": \"…\"}} with one to {MostCharacters:N0} characters that say which spans, traces or series are wanted."
            );
        var translation = TraceQlTranslator.Translate(body.Words, await catalogues.CurrentAsync(cancellationToken), time.GetUtcNow());
        return Results.Json(
            new
            {
                query = translation.Query?.ToString(),
                shape = translation.Shape.ToString().ToLowerInvariant(),
                unread = translation.Unread,
                score = Math.Round(translation.Score, 2),
            }
        );
    }
}

/// <summary>The body of a request for a translation.</summary>
/// <param name="Words">What is wanted, in plain words.</param>
public sealed record TranslateBody(string? Words);
