using System.Text;
using Copilot.Slack.Inbound;
using Xunit;

namespace Copilot.Slack.Tests.Inbound;

public sealed class SlackSignatureTests
{
    // Slack's published example; not a live secret.
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const string Body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void Slacks_own_example_within_five_minutes_either_way(int later, bool valid) =>
        Assert.Equal(valid, SlackSignature.IsValid(Secret, Timestamp, Signature, Encoding.UTF8.GetBytes(Body), Then.AddSeconds(later)));

    [Fact]
    public void Anything_else_is_refused()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        Assert.False(SlackSignature.IsValid(null, Timestamp, Signature, body, Then));
        Assert.False(SlackSignature.IsValid("", Timestamp, Signature, body, Then));
        Assert.False(SlackSignature.IsValid(Secret, Timestamp, null, body, Then));
        Assert.False(SlackSignature.IsValid(Secret, null, Signature, body, Then));
        Assert.False(SlackSignature.IsValid(Secret, "x", Signature, body, Then));
        Assert.False(SlackSignature.IsValid(Secret, Timestamp, Signature[..^1] + "4", body, Then));
        Assert.False(SlackSignature.IsValid("other", Timestamp, Signature, body, Then));
        Assert.False(SlackSignature.IsValid(Secret, Timestamp, Signature, [.. body, 0x20], Then));
    }
}
