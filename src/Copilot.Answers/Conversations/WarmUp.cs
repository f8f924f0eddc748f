using Copilot.Answers.Drafts;
using Copilot.Language;
using Copilot.Language.Linking;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Answers.Conversations;

/// <summary>
/// Makes the first question as quick as the tenth. Words are read while the database starts; before the app says that it is ready, the
/// names are read and a question is answered, so that nobody waits for either. What fails here fails no start: it is tried again by
/// whoever asks.
/// </summary>
internal sealed class WarmUp(
    IInterpreter interpreter,
    KnownNamesLoader names,
    PlanAnswering answering,
    TimeProvider time,
    ILogger<WarmUp> logger
) : IHostedLifecycleService
{
    /// <summary>Each takes another way: a figure, a break-down, a ranking, a list, a cause.</summary>
    private static readonly string[] _questions =
    [
        "error rate in the last 15 minutes",
        "p95 by service since 7:30",
        "which operations have the most errors today?",
        "slowest traces of checkout in the last hour",
        "why did orders fail with status 500 yesterday between 10 and 11?",
    ];

    // Code is compiled once a process, however many apps are started in it.
    private static int _begun;
    private Task _reading = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
            _reading = Task.Run(() => _questions.ToList().ForEach(Read), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await names.CatchUpAsync(cancellationToken);
            if (_reading == Task.CompletedTask)
                return;
            await _reading.WaitAsync(cancellationToken);
            var plan = interpreter.Interpret(Request(_questions[0]), await names.CurrentAsync(cancellationToken));
            await answering.AnswerAsync(plan, ConversationStore.NewId(), null, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("The first question will take longer: {Reason}", failure.Message);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Read(string question) => interpreter.Interpret(Request(question), KnownNames.Empty);

    private InterpreterRequest Request(string question) => new() { Question = question, AsOf = time.GetUtcNow() };
}
