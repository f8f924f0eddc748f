using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Copilot.Answers.Contract;
using Copilot.Web.Hosting;

namespace Copilot.Web.Chat;

/// <summary>
/// Questions whose answers are on their way. They belong to the server and to no page: whoever leaves, loads again or loses the
/// connection finds the answer where it was asked for, and among the conversations.
/// </summary>
public sealed class OpenQuestions(ICopilot copilot, TimeProvider time)
{
    /// <summary>How long an answer is found by its question's id: a page that lost its connection comes back within minutes.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, OpenQuestion> _open = new();

    /// <summary>Begins to answer, whoever stays to read it.</summary>
    public OpenQuestion Start(AskRequest request)
    {
        foreach (var (id, over) in _open.Where(entry => entry.Value.EndedAt is { } ended && time.GetUtcNow() - ended > Kept))
        {
            if (_open.TryRemove(new KeyValuePair<string, OpenQuestion>(id, over)))
                over.Dispose();
        }

        var question = new OpenQuestion(request);
        _open[question.Id] = question;
        _ = Task.Run(() => question.RunAsync(copilot, time));
        return question;
    }

    public OpenQuestion? Find(string? id) => id is null ? null : _open.GetValueOrDefault(id);
}

/// <summary>One question and as much of its answer as there is.</summary>
public sealed class OpenQuestion : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _next = New();
    private Turn _turn;

    internal OpenQuestion(AskRequest request)
    {
        Request = request;
        _turn = Turn.Ask(request.Question);
    }

    /// <summary>No stranger can guess it.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public AskRequest Request { get; }

    public Turn Turn => Volatile.Read(ref _turn);

    internal DateTimeOffset? EndedAt { get; private set; }

    public void Stop()
    {
        if (!Turn.Done)
            _stop.Cancel();
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>The turn as it is, and again whenever there is more of it, until it is whole. What comes while one is being drawn comes
    /// with the next.</summary>
    public async IAsyncEnumerable<Turn> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            var turn = Turn;
            yield return turn;
            if (turn.Done)
                yield break;
            await next.WaitAsync(cancellationToken);
        }
    }

    internal async Task RunAsync(ICopilot copilot, TimeProvider time)
    {
        try
        {
            await foreach (var part in copilot.AskInPartsAsync(Request, _stop.Token))
                Become(Turn.With(part));
            if (!Turn.Done)
                Become(Turn.Failed("The answer ended before it was whole. Ask again."));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Become(Turn.Failed("Stopped."));
        }
        catch (UnknownConversationException)
        {
            Become(Turn.Failed("This conversation is no longer kept. Start a new one with the same question."));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Become(Turn.Failed($"That could not be answered: {StoreFailure.Of(failure) ?? failure.Message}"));
        }
        finally
        {
            EndedAt = time.GetUtcNow();
        }
    }

    private void Become(Turn turn)
    {
        Volatile.Write(ref _turn, turn);
        Interlocked.Exchange(ref _next, New()).SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
