using Copilot.Access;
using Copilot.Web.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace Copilot.Web.Tests.Access;

/// <summary>Who sits before a component that is drawn alone.</summary>
internal sealed class SignedInVisitor(Caller caller) : AuthenticationStateProvider
{
    public static Visitor Of(Caller caller) => new(new SignedInVisitor(caller));

    public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
        Task.FromResult(new AuthenticationState(caller.ToPrincipal("test")));
}
