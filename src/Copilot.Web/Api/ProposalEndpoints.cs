using Copilot.Incidents.Proposals;
using Copilot.TraceQL;
using Copilot.Web.Api.Edge;

namespace Copilot.Web.Api;

/// <summary>Previews of incidents for windows that the caller already knows.</summary>
public static class ProposalEndpoints
{
    public static IEndpointRouteBuilder MapProposals(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/v1/proposals", ProposeAsync).DisableAntiforgery().WithRequestTimeout(RequestEdge.Question);
        endpoints.MapGet(
            "/api/v1/proposals/{id}",
            async (string id, IProposals proposals, CancellationToken cancellationToken) =>
                await proposals.FindAsync(id, cancellationToken) is { } proposal
                    ? Results.Ok(proposal)
                    : ApiProblem.NotFound($"There is no proposal '{id}'.")
        );
        return endpoints;
    }

    /// <summary>
    /// Takes <c>{from, to, scope?}</c>; 200 with the proposal, empty of causes and people where nothing is wrong; 400 with what is wrong
    /// with the body,
    /// 422 where it would cost too much.
    /// </summary>
    private static async Task<IResult> ProposeAsync(HttpContext http, IProposals proposals, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(http, cancellationToken);
        var window = body.RootElement.Window();
        var scope = body.RootElement.Text("scope");
        try
        {
            return Results.Ok(await proposals.ProposeAsync(window, string.IsNullOrWhiteSpace(scope) ? null : scope, cancellationToken));
        }
        catch (TraceQlException e)
        {
            return ApiProblem.BadRequest($"The scope is no TraceQL spanset filter: {e.Message}");
        }
    }
}
