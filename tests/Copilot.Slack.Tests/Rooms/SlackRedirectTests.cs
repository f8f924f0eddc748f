using Copilot.Slack.Api;
using Copilot.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Copilot.Slack.Tests.Rooms;

public sealed class SlackRedirectTests
{
    [Fact]
    public async Task Neither_the_token_nor_a_message_follows_a_redirect_to_another_host()
    {
        await using var elsewhere = new OtherHost();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var slack = builder.Build();
        slack.MapPost("/{**any}", () => Results.Redirect(elsewhere.Address, permanent: false, preserveMethod: true));
        await slack.StartAsync();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["Slack:BotToken"] = "xoxb-1", ["Slack:ApiUrl"] = $"{slack.Urls.First()}/api/" }
            )
            .Build();
        await using var services = new ServiceCollection().AddLogging().AddSlack(configuration).BuildServiceProvider();
        var api = services.GetRequiredService<SlackApi>();
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            api.DoAsync("chat.postMessage", new { text = "only for you" }, CancellationToken.None)
        );
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            api.RespondAsync(new Uri($"{slack.Urls.First()}/x"), "only for you", null, CancellationToken.None)
        );
        Assert.Empty(elsewhere.Received);
    }
}
