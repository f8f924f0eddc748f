using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Copilot.Ingest.Tests;

public sealed class SenderKeysTests
{
    private static readonly IngestOptions WithKeys = new()
    {
        Keys = new Dictionary<string, string> { ["shop"] = "s3cret", ["blank"] = "" },
    };

    [Theory]
    [InlineData("127.0.0.1", null, "local")]
    [InlineData("::1", null, "local")]
    [InlineData("10.0.0.7", null, null)]
    [InlineData("10.0.0.7", "Bearer s3cret", "shop")]
    [InlineData("10.0.0.7", "bearer  s3cret ", "shop")]
    [InlineData("10.0.0.7", "Bearer s3cre", null)]
    [InlineData("10.0.0.7", "Bearer ", null)]
    [InlineData("10.0.0.7", "Basic s3cret", null)]
    [InlineData("127.0.0.1", "Bearer s3cret", "shop")]
    public void Other_machines_need_a_key(string address, string? authorization, string? sender)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        if (authorization is not null)
            http.Request.Headers.Authorization = authorization;
        Assert.Equal(sender, new SenderKeys(WithKeys).Recognize(http));
    }

    [Theory]
    [InlineData(null, "need a key")]
    [InlineData("Bearer s3cre", "none of this copilot's")]
    public void A_wrong_key_is_told_apart_from_a_missing_one(string? authorization, string said)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = authorization;
        Assert.Contains(said, SenderKeys.Refusal(http).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_key_other_machines_may_not_send()
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("10.0.0.7") } };
        Assert.Null(new SenderKeys(new IngestOptions()).Recognize(http));
    }
}
