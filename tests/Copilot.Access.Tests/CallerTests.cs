using System.Security.Claims;
using Xunit;

namespace Copilot.Access.Tests;

public sealed class CallerTests
{
    private static readonly SignInOptions Options = new()
    {
        Admins = ["admins"],
        Responders = ["on-call"],
        Viewers = ["staff", "guests"],
    };

    [Fact]
    public void What_somebody_may_do_comes_whole_through_the_claims()
    {
        var caller = Caller.Person("s-1", "Ada", Role.Responder) with { Session = "x", Until = DateTimeOffset.UnixEpoch };
        var back = Caller.Of(caller.ToPrincipal("test"));
        Assert.Equal(caller with { Permissions = back.Permissions }, back);
        Assert.Equal([Permission.Read, Permission.Ask, Permission.Act], back.Permissions.Order());
    }

    [Fact]
    public void A_principal_that_was_made_elsewhere_is_nobody()
    {
        var claims = new[] { new Claim(ClaimTypes.Name, "Ada"), new Claim(ClaimTypes.Role, "Admin"), new Claim("role", "Admin") };
        Assert.Equal(Caller.Nobody, Caller.Of(new ClaimsPrincipal(new ClaimsIdentity(claims, "elsewhere"))));
        Assert.Equal(Caller.Nobody, Caller.Of(null));
        Assert.Equal(Caller.Nobody, Caller.Of(Caller.Nobody.ToPrincipal("")));
    }

    [Theory]
    [InlineData("admins,staff", Role.Admin)]
    [InlineData("staff,on-call", Role.Responder)]
    [InlineData("guests", Role.Viewer)]
    [InlineData("Admins", null)]
    [InlineData("strangers", null)]
    [InlineData("", null)]
    public void The_highest_role_of_ones_groups_counts_and_without_any_one_has_none(string groups, Role? role) =>
        Assert.Equal(role, Options.RoleOf(groups.Split(',')));

    [Fact]
    public void A_role_may_what_the_one_below_it_may()
    {
        Assert.Subset(Role.Responder.Grants().ToHashSet(), Role.Viewer.Grants().ToHashSet());
        Assert.Subset(Role.Admin.Grants().ToHashSet(), Role.Responder.Grants().ToHashSet());
        Assert.DoesNotContain(Permission.Act, Role.Viewer.Grants());
        Assert.DoesNotContain(Permission.Admin, Role.Responder.Grants());
    }
}
