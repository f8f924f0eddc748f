using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Telemetry.Tests.Records;

public sealed class CallRetryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new(Start);
    private int _calls;

    [Fact]
    public async Task A_call_is_tried_again_after_exactly_as_long_as_the_other_side_asks_for()
    {
        var call = Run(3, Refusal(new RetryConditionHeaderValue(TimeSpan.FromSeconds(7))), new HttpResponseMessage(HttpStatusCode.OK));
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Equal(1, _calls);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task The_last_answer_is_given_when_the_tries_are_used_up()
    {
        var call = Run(2, Refusal(null), Refusal(null), new HttpResponseMessage(HttpStatusCode.OK));
        _time.Advance(Usual);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await call).StatusCode);
        Assert.Equal(2, _calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task What_does_not_pass_by_itself_is_not_tried_again(HttpStatusCode status)
    {
        Assert.Equal(status, (await Run(3, new HttpResponseMessage(status))).StatusCode);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public void A_date_is_understood_and_a_date_that_is_past_asks_for_the_usual_pause()
    {
        Assert.Equal(TimeSpan.FromSeconds(9), CallRetry.Asked(Refusal(new RetryConditionHeaderValue(Start.AddSeconds(9))), Usual, Start));
        Assert.Equal(Usual, CallRetry.Asked(Refusal(new RetryConditionHeaderValue(Start.AddSeconds(-9))), Usual, Start));
    }

    private Task<HttpResponseMessage> Run(int tries, params HttpResponseMessage[] answers) =>
        CallRetry
            .Of<HttpResponseMessage>(
                tries,
                (outcome, _) => outcome.Result is { } answer ? CallRetry.Asked(answer, Usual, _time.GetUtcNow()) : null,
                _time
            )
            .ExecuteAsync(_ => ValueTask.FromResult(answers[_calls++]))
            .AsTask();

    private static HttpResponseMessage Refusal(RetryConditionHeaderValue? after)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter = after;
        return answer;
    }
}
