using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Copilot.EndToEnd.Shop;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.EndToEnd.Journeys;

/// <summary>More than five hundred questions that nobody means, over HTTP, to the running app on its own Postgres.</summary>
public sealed class StrangeQuestionTests(ShopFixture shop, ITestOutputHelper output) : IClassFixture<ShopFixture>
{
    private static readonly string[] Ordinary =
    [
        $"error rate of {ShopTelemetry.FailingService} in the last 5 minutes",
        "which requests had above-average latency and errors in the last 10 minutes",
        $"why is {ShopTelemetry.FailingService} failing since 5 minutes ago",
        $"p95 of {ShopTelemetry.FailingService} now vs 20 minutes ago",
        $"who owns {ShopTelemetry.FailingService}",
        "slowest operations of orders",
        "traces whose logs contain 'timeout'",
        "what changed in the last half hour?",
        $"Wie hoch ist die Fehlerrate von {ShopTelemetry.FailingService}?",
        "how many requests did web get per minute",
    ];

    private static readonly HashSet<string> Outcomes = ["answered", "clarify", "unsupported", "no_data"];

    [Fact]
    public async Task None_brings_the_app_down_or_gets_an_answer_to_nothing()
    {
        var questions = Enumerable.Range(0, StrangeQuestions.Chunks).SelectMany(chunk => StrangeQuestions.Of(chunk, Ordinary)).ToList();
        Assert.True(questions.Count >= 500, $"only {questions.Count} questions");
        var outcomes = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            questions,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (question, cancellationToken) =>
            {
                using var reply = await shop.Http.PostAsJsonAsync("api/v1/ask", new { question }, cancellationToken);
                var text = await reply.Content.ReadAsStringAsync(cancellationToken);
                Assert.True(
                    reply.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest,
                    $"{(int)reply.StatusCode} to '{question}': {text}\n{shop.AppOutput}"
                );
                if (reply.StatusCode == HttpStatusCode.BadRequest)
                {
                    Assert.Contains("problem+json", reply.Content.Headers.ContentType?.MediaType ?? "", StringComparison.Ordinal);
                    outcomes.Add("400");
                    return;
                }

                using var answer = JsonDocument.Parse(text);
                var outcome = answer.RootElement.GetProperty("outcome").GetString()!;
                Assert.Contains(outcome, Outcomes);
                Assert.False(string.IsNullOrWhiteSpace(answer.RootElement.GetProperty("answer").GetString()), question);
                outcomes.Add(outcome);
            }
        );
        output.WriteLine(
            $"{questions.Count}: "
                + string.Join(
                    ", ",
                    outcomes
                        .GroupBy(outcome => outcome)
                        .OrderByDescending(group => group.Count())
                        .Select(group => $"{group.Key} {group.Count()}")
                )
        );

        var answered = new List<string>();
        foreach (var question in StrangeQuestions.Meaningless)
        {
            using var reply = await shop.Http.PostAsJsonAsync("api/v1/ask", new { question });
            if (reply.StatusCode == HttpStatusCode.BadRequest)
                continue;
            using var answer = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
            if (answer.RootElement.GetProperty("outcome").GetString() == "answered")
                answered.Add($"'{question}' was answered: {answer.RootElement.GetProperty("answer").GetString()}");
            Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("proposal").ValueKind);
        }

        Assert.True(answered.Count == 0, string.Join("\n", answered));

        using var sane = await shop.Http.PostAsJsonAsync("api/v1/ask", new { question = Ordinary[0] });
        using var read = JsonDocument.Parse(await sane.Content.ReadAsStringAsync());
        Assert.Equal("answered", read.RootElement.GetProperty("outcome").GetString());
    }
}
