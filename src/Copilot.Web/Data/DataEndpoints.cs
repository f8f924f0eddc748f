using System.Text.Json;
using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Store.Deletion;
using Copilot.Store.Retention;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Data;

/// <summary>How large the store gets, and what is to be deleted of it.</summary>
public static class DataEndpoints
{
    private static readonly string[] Members = ["service", "from", "to", "attribute", "digest"];

    public static IEndpointRouteBuilder MapData(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/data/estimate", EstimateAsync);
        var deletions = endpoints.MapGroup("/api/v1/data/deletions").DisableAntiforgery();
        deletions.MapGet(
            "",
            async (Deletions store, CancellationToken cancellationToken) =>
                Results.Ok(new { items = (await store.ListAsync(cancellationToken)).Select(Shown) })
        );
        deletions.MapGet(
            "{id:int}",
            async (long id, Deletions store, CancellationToken cancellationToken) =>
                await store.FindAsync(id, cancellationToken) is { } found
                    ? Results.Ok(Shown(found))
                    : ApiProblem.NotFound($"There is no deletion {id}.")
        );
        deletions.MapPost("preview", PreviewAsync).DisableRequestTimeout();
        deletions.MapPost("", DeleteAsync);
        return endpoints;
    }

    /// <summary>200 with what is measured here, what the settings are, and how many bytes the store takes once as much goes as
    /// comes.</summary>
    private static async Task<IResult> EstimateAsync(
        double? spansPerSecond,
        StoreEstimates estimates,
        StoreStatusReads status,
        RetentionOptions options,
        CancellationToken cancellationToken
    )
    {
        if (spansPerSecond is < 0 or > 10_000_000 || (spansPerSecond is { } given && !double.IsFinite(given)))
            return ApiProblem.BadRequest("'spansPerSecond' is a number from 0 to 10,000,000.");
        var (measures, estimate) = await estimates.EstimateAsync(spansPerSecond, cancellationToken);
        var now = await status.ReadAsync(cancellationToken);
        return Results.Ok(
            new
            {
                measures,
                settings = new
                {
                    hotWindow = options.HotWindow,
                    keepFor = options.KeepFor,
                    keepMinutesFor = options.KeepMinutesFor,
                    distill = options.Distill,
                },
                estimate,
                storeBytes = now.Bytes,
                freeBytes = now.FreeBytes,
            }
        );
    }

    /// <summary>Takes <c>{service?, from?, to?, attribute?}</c>; 200 with what would go and the digest that a deletion needs; 400 with what
    /// is wrong.</summary>
    private static async Task<IResult> PreviewAsync(
        HttpContext http,
        DeletionPreviews previews,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var body = await JsonBody.ReadAsync(http, cancellationToken);
        try
        {
            var preview = await previews.ReadAsync(Scope(body.RootElement, time.GetUtcNow()), cancellationToken);
            return Results.Ok(
                new
                {
                    scope = Shown(preview.Scope),
                    digest = preview.Scope.Digest(),
                    preview.Spans,
                    preview.Traces,
                    preview.Logs,
                    preview.Points,
                    preview.Counted,
                    preview.Services,
                    preview.Notes,
                }
            );
        }
        catch (ArgumentException wrong)
        {
            return ApiProblem.BadRequest(wrong.Message);
        }
    }

    /// <summary>Takes the scope as a preview told it, with its digest; 202 with where to ask how far it is; 409 where it is
    /// another.</summary>
    private static async Task<IResult> DeleteAsync(
        HttpContext http,
        Deletions deletions,
        DeletionPreviews previews,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var body = await JsonBody.ReadAsync(http, cancellationToken);
        DeletionScope scope;
        try
        {
            scope = Scope(body.RootElement, time.GetUtcNow());
            await previews.CheckAsync(scope, cancellationToken);
        }
        catch (ArgumentException wrong)
        {
            return ApiProblem.BadRequest(wrong.Message);
        }

        if (body.RootElement.Text("digest") != scope.Digest())
            return ApiProblem.Refused(
                "'digest' is not that of this scope: ask for a preview first, and send its scope as it stands there.",
                StatusCodes.Status409Conflict
            );
        var by = Caller.Of(http.User).Label;
        await audit.RecordAsync(new AuditEvent(by, "api", "data.delete", scope.Told()), cancellationToken);
        var id = await deletions.AskAsync(scope, by, cancellationToken);
        return Results.Accepted($"/api/v1/data/deletions/{id}", new { id });
    }

    // A member that is not read would let more go than was meant.
    private static DeletionScope Scope(JsonElement body, DateTimeOffset now)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ArgumentException("The body must be an object with 'service', 'from', 'to' or 'attribute'.");
        if (body.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !Members.Contains(name)) is { } unknown)
            throw new ArgumentException(
                $"'{(unknown.Length > 40 ? unknown[..40] + "…" : unknown)}' is no member of a deletion: there are "
                    + $"{string.Join(", ", Members)}."
            );
        return DeletionScope.Of(body.Text("service"), body.Time("from"), body.Time("to"), body.Text("attribute"), now);
    }

    private static object Shown(DeletionScope scope) =>
        new
        {
            service = scope.Service,
            from = scope.Window.FromNs > 0 ? scope.Window.From : (DateTimeOffset?)null,
            to = scope.Window.To,
            attribute = scope.AttributeKey is null ? null : $"{scope.AttributeKey}={scope.AttributeValue ?? "…"}",
        };

    private static object Shown(DeletionState state) =>
        new
        {
            id = state.Id,
            scope = Shown(state.Scope),
            askedBy = state.AskedBy,
            askedAt = state.AskedAt,
            spans = state.Taken.Spans,
            logs = state.Taken.Logs,
            points = state.Taken.Points,
            problem = state.Problem,
            doneAt = state.DoneAt,
        };
}
