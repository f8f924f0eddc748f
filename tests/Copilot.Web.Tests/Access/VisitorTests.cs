using System.Text.RegularExpressions;
using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Web.SignIn;
using Xunit;

namespace Copilot.Web.Tests.Access;

/// <summary>What is done within a page, where no request is made that a policy could look at.</summary>
public sealed partial class VisitorTests
{
    [Theory]
    [InlineData(Role.Viewer, Permission.Ask, true)]
    [InlineData(Role.Viewer, Permission.Act, false)]
    [InlineData(Role.Responder, Permission.Act, true)]
    [InlineData(Role.Responder, Permission.Admin, false)]
    [InlineData(Role.Admin, Permission.Admin, true)]
    public async Task Only_what_ones_role_includes_is_done(Role role, Permission permission, bool done)
    {
        var (did, who) = (false, "");
        var visitor = SignedInVisitor.Of(Caller.Person("s-1", "Ada", role));
        Task Work()
        {
            (did, who) = (true, AuditActor.Current?.Label ?? "");
            return Task.CompletedTask;
        }

        if (done)
            await visitor.DoAsync(permission, Work);
        else
            await Assert.ThrowsAsync<NotPermittedException>(() => visitor.DoAsync(permission, Work));
        Assert.Equal((done, done ? "Ada (s-1)" : ""), (did, who));
    }

    [Fact]
    public async Task Whoever_was_signed_out_does_nothing_more()
    {
        var visitor = SignedInVisitor.Of(Caller.Nobody);
        var refused = await Assert.ThrowsAsync<NotPermittedException>(() => visitor.DoAsync(Permission.Ask, () => Task.CompletedTask));
        Assert.Contains("no longer signed in", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_user_of_a_machine_says_their_name_and_may_everything()
    {
        var visitor = SignedInVisitor.Of(Caller.Local);
        Assert.Null(await visitor.NameAsync());
        Assert.Equal("Ada", await SignedInVisitor.Of(Caller.Person("s", "Ada", Role.Viewer)).NameAsync());
        foreach (var permission in Enum.GetValues<Permission>())
            Assert.True(await visitor.MayAsync(permission));
    }

    [Fact]
    public void Every_act_of_a_page_goes_through_the_visitor()
    {
        var pages = Directory
            .EnumerateFiles(Path.Combine(Material.Repository, "src", "Copilot.Web"), "*.razor", SearchOption.AllDirectories)
            .ToList();
        var acts = pages.SelectMany(page => File.ReadLines(page).Select(line => (Page: Path.GetFileName(page), Line: line.Trim())));
        var all = acts.Where(act => Act().IsMatch(act.Line)).ToList();
        Assert.True(all.Count >= 10, "The acts of pages are written in another way now: this test no longer sees them.");
        Assert.DoesNotContain(all, act => !act.Line.Contains("Visitor.DoAsync(Permission.", StringComparison.Ordinal));
    }

    [GeneratedRegex(
        @"\b(Incidents\.(Confirm|Note|Tick|Retry|Resolve|Reopen|Rate)|Proposals\.Choose|Copilot\.Ask|Replay\.Run|Sources\.Run|Deletions\.Ask|Previews\.Read|Feedback\.Rate)\w*Async\("
            + @"|\bCopilot\.AskInPartsAsync\("
    )]
    private static partial Regex Act();
}
