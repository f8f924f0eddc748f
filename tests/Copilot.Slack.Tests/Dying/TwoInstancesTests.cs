using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Slack.Tests.Double;
using Copilot.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Slack.Tests.Dying;

/// <summary>
/// Two instances on one Postgres under load, one of them killed in the middle of opening a room: no acknowledged span is lost or doubled,
/// no room is opened and no message sent twice, questions go on. COPILOT_KILLS says how often.
/// </summary>
[Trait("needs", "postgres")]
public sealed class TwoInstancesTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("COPILOT_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 1;

    [Fact]
    public async Task One_is_killed_and_nobody_notices_but_by_the_time_it_takes()
    {
        await using var slack = await SlackDouble.StartAsync();
        slack.LimitsRates = false;
        await using var first = new AppProcess(postgres.ConnectionString, slack.Url);
        await using var second = new AppProcess(postgres.ConnectionString, slack.Url);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await using var use = new SteadyUse([first.Url, second.Url]);
        use.Start();
        var made = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var (dies, stays) = kill % 2 == 0 ? (first, second) : (second, first);
            var calls = slack.Asked.Count;
            var incident = await ConfirmAsync(use, kill);
            // Wherever its first call to Slack was made, both have steps of it in hand now.
            while (slack.Asked.Count == calls)
                await slack.Called.WaitAsync(Patience);
            await dies.KillAsync();
            Assert.Equal(HttpStatusCode.OK, await stays.StatusAsync("readyz"));
            await OpenAsync(use, incident);
            made++;
            var (spans, answers) = (use.Acknowledged, use.Answers);
            await UntilAsync(() => Task.FromResult(use.Acknowledged > spans && use.Answers > answers + 1));
            await dies.StartAsync();
        }

        // And once in good order: what it had acknowledged is stored, and it says so before it goes.
        Assert.Equal(0, await second.StopAsync());
        await use.EndAsync();
        output.WriteLine(
            FormattableString.Invariant(
                $"{Kills} kills, {use.Acknowledged} spans acknowledged, {use.Answers} questions answered, {use.Elsewhere} times asked elsewhere"
            )
        );
        Assert.Equal((long)use.Acknowledged, await postgres.ScalarAsync("select count(distinct (trace_id, span_id)) from spans"));
        Assert.Equal((long)use.Acknowledged, await postgres.ScalarAsync("select count(*) from spans"));
        Assert.Equal(
            (decimal)use.Acknowledged,
            await postgres.ScalarAsync(
                "select sum(count) from (select count from span_rollup_deltas union all select count from span_rollup_minutes) c"
            )
        );
        lock (slack.Workspace)
        {
            Assert.Equal(made, slack.Workspace.Channels.Count);
            // The guide once, and nothing else twice either.
            Assert.All(
                slack.Workspace.Channels,
                channel =>
                {
                    var texts = channel.Messages.Select(message => message.Text).ToList();
                    Assert.Equal(texts.Distinct(StringComparer.Ordinal).Count(), texts.Count);
                    Assert.Single(channel.Pins);
                }
            );
        }
    }

    private static async Task<string> ConfirmAsync(SteadyUse use, int number)
    {
        var to = DateTimeOffset.UtcNow.AddDays(-1 - number);
        using var proposed = await use.DoAsync(
            () => JsonContent.Create(new { from = to.AddMinutes(-10), to }),
            HttpMethod.Post,
            "api/v1/proposals"
        );
        var proposal = (await proposed.Content.ReadFromJsonAsync<JsonNode>())!;
        using var confirmed = await use.DoAsync(
            () => JsonContent.Create(new { proposalId = (string)proposal["id"]!, digest = (string)proposal["digest"]! }),
            HttpMethod.Post,
            "api/v1/incidents"
        );
        return (string)(await confirmed.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private static Task OpenAsync(SteadyUse use, string incident) =>
        UntilAsync(async () =>
        {
            using var read = await use.DoAsync(() => null, HttpMethod.Get, $"api/v1/incidents/{incident}");
            using var state = JsonDocument.Parse(await read.Content.ReadAsStringAsync());
            return state.RootElement.GetProperty("state").GetString() == "open";
        });

    /// <summary>Other processes cannot say when it is so; they can only be asked.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < Patience, "It did not come to that.");
            await Task.Delay(100);
        }
    }
}
