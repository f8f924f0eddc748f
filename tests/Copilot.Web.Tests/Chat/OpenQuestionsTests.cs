using System.Runtime.CompilerServices;
using Copilot.Answers.Contract;
using Copilot.Web.Chat;
using Xunit;

namespace Copilot.Web.Tests.Chat;

public sealed class OpenQuestionsTests
{
    private static readonly AskRequest Request = new() { Question = "what is wrong?" };

    [Fact]
    public async Task An_answer_goes_on_without_its_reader_and_is_found_again_by_its_id()
    {
        var copilot = new SlowCopilot();
        var questions = new OpenQuestions(copilot, TimeProvider.System);
        var question = questions.Start(Request);
        using var leave = new CancellationTokenSource();
        await using (var reading = question.FollowAsync(leave.Token).GetAsyncEnumerator(leave.Token))
        {
            Assert.True(await reading.MoveNextAsync());
            leave.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await reading.MoveNextAsync()) { }
            });
        }

        copilot.Go.SetResult();
        var last = await LastAsync(questions.Find(question.Id)!);
        Assert.Equal("The answer ended before it was whole. Ask again.", last.Failure);
        Assert.Equal("all is ", last.Text);
        Assert.Null(questions.Find("another"));
    }

    [Fact]
    public async Task Stopping_it_ends_it_for_everybody()
    {
        var question = new OpenQuestions(new SlowCopilot(), TimeProvider.System).Start(Request);
        question.Stop();
        Assert.Equal("Stopped.", (await LastAsync(question)).Failure);
    }

    [Fact]
    public async Task What_goes_wrong_is_told_where_the_answer_was_expected()
    {
        var copilot = new SlowCopilot();
        copilot.Go.SetException(new InvalidOperationException("the well is dry"));
        var question = new OpenQuestions(copilot, TimeProvider.System).Start(Request);
        Assert.Equal("That could not be answered: the well is dry", (await LastAsync(question)).Failure);
    }

    private static async Task<Turn> LastAsync(OpenQuestion question)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var last = question.Turn;
        await foreach (var turn in question.FollowAsync(patience.Token))
            last = turn;
        return last;
    }

    /// <summary>Says its first words, and the rest when it is told to go on.</summary>
    private sealed class SlowCopilot : ICopilot
    {
        public TaskCompletionSource Go { get; } = new();

        public Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async IAsyncEnumerable<AnswerPart> AskInPartsAsync(
            AskRequest request,
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            yield return new AnswerPart { TextDelta = "all is " };
            await Go.Task.WaitAsync(cancellationToken);
        }
    }
}
