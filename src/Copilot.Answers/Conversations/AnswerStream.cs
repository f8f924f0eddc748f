using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Copilot.Answers.Contract;

namespace Copilot.Answers.Conversations;

/// <summary>An answer in the parts that come up while it is worked out; the whole answer is the last part.</summary>
internal static class AnswerStream
{
    /// <param name="ask">Works the answer out and hands on each part as soon as it is there.</param>
    public static async IAsyncEnumerable<AnswerPart> ReadAsync(
        Func<Action<AnswerPart>, CancellationToken, Task<Answer>> ask,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parts = Channel.CreateUnbounded<AnswerPart>();
        var asking = AskIntoAsync(ask, parts.Writer, stop.Token);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(cancellationToken))
                yield return part;
        }
        finally
        {
            // Whoever stops listening stops the work too.
            await stop.CancelAsync();
            await asking;
        }
    }

    private static async Task AskIntoAsync(
        Func<Action<AnswerPart>, CancellationToken, Task<Answer>> ask,
        ChannelWriter<AnswerPart> parts,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await ask(part => parts.TryWrite(part), cancellationToken);
            parts.TryWrite(new AnswerPart { Complete = answer });
            parts.Complete();
        }
        catch (Exception failure)
        {
            parts.TryComplete(failure);
        }
    }
}
