using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Access.Keys;
using Copilot.Telemetry.Text;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Keys of programs over HTTP: what <c>copilot keys</c> speaks to.</summary>
public static class KeyEndpoints
{
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);

    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup("/api/v1/keys").DisableAntiforgery();
        keys.MapGet(
            "",
            async (KeyStore store, CancellationToken cancellationToken) =>
                Results.Ok(new { items = (await store.ListAsync(cancellationToken)).Select(Shown) })
        );
        keys.MapPost("", CreateAsync);
        keys.MapPost("{id}/rotate", RotateAsync);
        keys.MapDelete("{id}", RevokeAsync);
        return endpoints;
    }

    /// <summary>201 with the key's text, which is not to be had again; 400 with what is wrong with the body.</summary>
    private static async Task<IResult> CreateAsync(
        NewKeyBody body,
        HttpContext http,
        KeyStore store,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        var scopes = new List<Permission>();
        foreach (var word in body.Scopes ?? [])
        {
            if (Permissions.Find(word ?? "") is not { } scope)
                return ApiProblem.BadRequest($"'{word}' is no scope; there are ingest, read, ask, act and admin.");
            scopes.Add(scope);
        }

        if (Length(body.Lasts, "lasts", out var lasts) is { } wrong)
            return wrong;
        try
        {
            var by = Caller.Of(http.User);
            var told = $"{body.Name}: {string.Join(' ', scopes.Select(scope => scope.Word()))}{(lasts is null ? "" : $", {body.Lasts}")}";
            await audit.RecordAsync(new AuditEvent(by.Label, "api", "key.create", told), cancellationToken);
            var made = await store.CreateAsync(body.Name ?? "", scopes, lasts, by.Label, cancellationToken);
            return Results.Created($"/api/v1/keys/{made.Key.Id}", new { key = Shown(made.Key), text = made.Text });
        }
        catch (ArgumentException problem)
        {
            return ApiProblem.BadRequest(problem.Message);
        }
    }

    private static async Task<IResult> RotateAsync(
        string id,
        RotationBody? body,
        HttpContext http,
        KeyStore store,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        if (Length(body?.Overlap, "overlap", out var overlap) is { } wrong)
            return wrong;
        var by = Caller.Of(http.User);
        await audit.RecordAsync(new AuditEvent(by.Label, "api", "key.rotate", id), cancellationToken);
        return await store.RotateAsync(id, overlap ?? UsualOverlap, by.Label, cancellationToken) is { } made
            ? Results.Created($"/api/v1/keys/{made.Key.Id}", new { key = Shown(made.Key), text = made.Text })
            : ApiProblem.NotFound($"There is no key '{id}' that is still good.");
    }

    private static async Task<IResult> RevokeAsync(
        string id,
        HttpContext http,
        KeyStore store,
        AuditLog audit,
        CancellationToken cancellationToken
    )
    {
        await audit.RecordAsync(new AuditEvent(Caller.Of(http.User).Label, "api", "key.revoke", id), cancellationToken);
        return await store.RevokeAsync(id, cancellationToken) ? Results.NoContent() : ApiProblem.NotFound($"There is no key '{id}'.");
    }

    private static IResult? Length(string? written, string name, out TimeSpan? length)
    {
        length = null;
        if (written is null)
            return null;
        if (!WrittenAmount.TryDuration(written, out var span) || span < TimeSpan.Zero || span > TimeSpan.FromDays(3650))
            return ApiProblem.BadRequest($"'{name}' is a duration such as 12h or 90d, of ten years at most.");
        length = span;
        return null;
    }

    private static object Shown(AccessKey key) =>
        new
        {
            key.Id,
            key.Name,
            Scopes = key.Scopes.Select(scope => scope.Word()),
            key.CreatedAt,
            key.CreatedBy,
            key.ExpiresAt,
            key.LastUsedAt,
            key.Replaces,
        };

    private sealed record NewKeyBody(string? Name, IReadOnlyList<string?>? Scopes, string? Lasts);

    private sealed record RotationBody(string? Overlap);
}
