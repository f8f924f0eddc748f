using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Web.Api.Edge;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Copilot.Web.SignIn;

/// <summary>That the endpoint's row of <see cref="AccessRules"/> is met: the one policy there is, of every endpoint.</summary>
internal sealed class RuleIsMet : IAuthorizationRequirement
{
    public sealed class Handler : AuthorizationHandler<RuleIsMet>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RuleIsMet requirement)
        {
            // Where nothing is, nothing is to be guarded: the answer is 404 for everybody.
            var rule = (context.Resource as HttpContext)?.GetEndpoint() is { } endpoint ? AccessRules.Of(endpoint) : AccessRule.Open;
            if (rule.Permission is not { } permission || Caller.Of(context.User).May(permission))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}

/// <summary>Says what is missing: people are sent to sign in or shown a page, programs get a problem.</summary>
internal sealed class AccessAnswers(SignInOptions options, AuditLog audit) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext http, AuthorizationPolicy policy, PolicyAuthorizationResult result)
    {
        if (result.Succeeded)
            return next(http);
        var caller = Caller.Of(http.User);
        var endpoint = http.GetEndpoint() as RouteEndpoint;
        var needed = endpoint is null ? Permission.Admin : AccessRules.Of(endpoint).Permission ?? Permission.Admin;
        var word = needed.Word();
        audit.Note(
            new AuditEvent(
                caller.Label,
                IsPage(http) ? "browser" : "api",
                endpoint is null ? "request" : AccessRules.NameOf(endpoint),
                http.Request.Path,
                caller.Kind == CallerKind.Nobody ? "refused: not signed in" : $"refused: needs {word}"
            )
        );
        return caller.Kind == CallerKind.Nobody ? Unknown(http, word) : NotAllowed(http, caller, word);
    }

    private Task Unknown(HttpContext http, string needed)
    {
        if (IsPage(http) && options.Mode == SignInMode.OpenIdConnect)
        {
            http.Response.Redirect("/sign-in?to=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
            return Task.CompletedTask;
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        var told = string.IsNullOrWhiteSpace(http.Request.Headers.Authorization)
            ? $"This needs somebody who is signed in, or a key with the scope '{needed}' as Authorization: Bearer."
            : "The key that was sent is none of this copilot's, or no longer good.";
        return ApiProblem.Refused(told, StatusCodes.Status401Unauthorized).ExecuteAsync(http);
    }

    private static Task NotAllowed(HttpContext http, Caller caller, string needed)
    {
        var told =
            caller.Kind == CallerKind.Key
                ? $"'{caller.Name}' has not the scope '{needed}', which this needs."
                : $"{caller.Name} is signed in as {caller.Role?.ToString().ToLowerInvariant()}, whose role does not include '{needed}'.";
        return IsPage(http)
            ? PlainPage.WriteAsync(http, StatusCodes.Status403Forbidden, "Not for your role", told)
            : ApiProblem.Refused(told, StatusCodes.Status403Forbidden).ExecuteAsync(http);
    }

    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
