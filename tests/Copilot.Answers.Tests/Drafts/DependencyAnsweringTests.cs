using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

/// <summary>What sends no spans, what metrics tell, and in whose zone times are told.</summary>
[Trait("needs", "postgres")]
public sealed class DependencyAnsweringTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    public async Task InitializeAsync() => await room.ClearAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Third_parties_are_ranked_by_what_their_callers_saw_and_databases_are_none()
    {
        var root = await room.Rows.SpanAsync("pay", "POST /charges", 1, 100);
        await room.Rows.SpanAsync("pay", "POST", 1, 80, root, SpanKind.Client, serverAddress: "bank.example");
        await room.Rows.SpanAsync("pay", "POST", 1, 9, root, SpanKind.Client, serverAddress: "mail.example");
        await room.Rows.SpanAsync(
            "pay",
            "SELECT",
            1,
            3,
            root,
            SpanKind.Client,
            attributes: new Dictionary<string, object> { ["db.system"] = "postgresql" }
        );
        var plan = room.Plan(QuestionKind.Peers);
        var outside = await room.AnswerAsync(
            plan with
            {
                Peers = new PlannedPeers(PeerSort.External, []),
                Ranking = new PlannedRanking(Measure.P95, null),
            }
        );
        Assert.Equal(["bank.example", "mail.example"], Assert.IsType<ServicesResult>(outside.Result).Items.Select(item => item.Service));
        Assert.All(((ServicesResult)outside.Result).Items, item => Assert.Equal("peer", item.Role));
        var databases = await room.AnswerAsync(
            plan with
            {
                Peers = new PlannedPeers(PeerSort.Database, []),
                Ranking = new PlannedRanking(Measure.P95, null),
            }
        );
        Assert.Equal("postgresql", Assert.Single(Assert.IsType<ServicesResult>(databases.Result).Items).Service);
    }

    [Fact]
    public async Task A_measure_of_a_database_is_no_data_with_the_callers_view()
    {
        var root = await room.Rows.SpanAsync("pay", "POST /charges", 1, 100);
        await room.Rows.SpanAsync(
            "pay",
            "SELECT",
            1,
            3,
            root,
            SpanKind.Client,
            attributes: new Dictionary<string, object> { ["db.system"] = "postgresql" }
        );
        var answer = await room.AnswerAsync(
            room.Plan(QuestionKind.Peers) with
            {
                Peers = new PlannedPeers(PeerSort.Any, ["postgresql"], Own: true),
                Measure = Measure.P95,
                Ranking = new PlannedRanking(Measure.P95, null),
            }
        );
        Assert.Equal(Outcome.NoData, answer.Outcome);
        Assert.Contains("called by `pay`", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_metrics_a_resource_is_no_data()
    {
        await room.Rows.SpanAsync("pay", "POST /charges", 1, 100);
        var answer = await room.AnswerAsync(room.Plan(QuestionKind.Resources, 0, 60, "pay") with { Resources = ["cpu"] });
        Assert.Equal(Outcome.NoData, answer.Outcome);
        Assert.Contains("sent no metric about cpu", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_told_in_the_askers_zone_also_in_the_questions_suggested()
    {
        await room.Rows.SpanAsync("pay", "POST /charges", 1, 100);
        var plan = room.Plan(QuestionKind.Measure, 0, 60, "pay") with { Measure = Measure.P95 };
        var here = await room.AnswerAsync(plan);
        Assert.Contains("12:00–12:01 UTC.", here.Text, StringComparison.Ordinal);
        var there = await room.AnswerAsync(plan with { TimeZone = "Asia/Kolkata" });
        Assert.Contains("17:30–17:31 UTC+5:30.", there.Text, StringComparison.Ordinal);
        Assert.All(
            there.Suggestions.Where(question => question.Contains("between", StringComparison.Ordinal)),
            question => Assert.Contains("17:30 and 17:31", question, StringComparison.Ordinal)
        );
        Assert.Equal(here.Understood.Window, there.Understood.Window);
    }
}
