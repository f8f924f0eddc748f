using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;

namespace Copilot.Web.Hosting;

/// <summary>
/// What somebody typed or pressed is never lost. The platform forgets a control's handler once the browser has confirmed the drawing that
/// replaced it, and a confirmation overtakes the events that came before it and still wait for a busy page: what they carried was gone
/// without a word. Here it waits until they had their turn.
/// </summary>
internal sealed class EventsInTurn : IHubFilter
{
    /// <summary>Names of the platform's own protocol between page and server.</summary>
    private const string Event = "BeginInvokeDotNetFromJS";

    private const string Confirmation = "OnRenderCompleted";

    private static readonly AsyncLocal<Turns?> Current = new();

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next
    )
    {
        if (invocationContext.HubMethodName is not (Event or Confirmation))
            return await next(invocationContext);
        if (!invocationContext.Context.Items.TryGetValue(typeof(Turns), out var kept) || kept is not Turns turns)
            invocationContext.Context.Items[typeof(Turns)] = turns = new Turns();
        if (invocationContext.HubMethodName == Confirmation)
            await turns.OverAsync();
        else
            Current.Value = turns;
        return await next(invocationContext);
    }

    /// <summary>One event's turn: until its handler gave way for the first time.</summary>
    internal sealed class OfCircuit : CircuitHandler
    {
        public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
            Func<CircuitInboundActivityContext, Task> next
        ) =>
            async context =>
            {
                using (Current.Value?.Begin())
                    await next(context);
            };
    }

    /// <summary>The events of one connection that wait or are at it.</summary>
    private sealed class Turns
    {
        private readonly Lock _lock = new();
        private int _waiting;
        private TaskCompletionSource? _over;

        public IDisposable Begin()
        {
            lock (_lock)
            {
                if (_waiting++ == 0)
                    _over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return new Turn(this);
        }

        public Task OverAsync()
        {
            lock (_lock)
                return _waiting == 0 ? Task.CompletedTask : _over!.Task;
        }

        private void End()
        {
            lock (_lock)
            {
                if (--_waiting == 0)
                    _over!.TrySetResult();
            }
        }

        private sealed class Turn(Turns turns) : IDisposable
        {
            public void Dispose() => turns.End();
        }
    }
}
