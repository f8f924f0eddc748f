using System.Security.Claims;
using Copilot.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Xunit;

namespace Copilot.Web.Tests.Hosting;

/// <summary>A drawing is confirmed only once the events that came before the confirmation had their turn.</summary>
public sealed class EventsInTurnTests
{
    private readonly EventsInTurn _filter = new();
    private readonly Connection _connection = new();

    /// <summary>The page is busy until it is told otherwise.</summary>
    private readonly TaskCompletionSource _busy = new();

    [Fact]
    public async Task A_confirmation_waits_for_the_event_before_it()
    {
        await SendAsync(nameof(Page.BeginInvokeDotNetFromJS), () => _ = HandleAsync(_busy.Task));
        var confirmed = SendAsync(nameof(Page.OnRenderCompleted), () => { });
        Assert.False(confirmed.IsCompleted);
        _busy.SetResult();
        await confirmed;
    }

    [Fact]
    public async Task A_confirmation_waits_for_nothing_else()
    {
        await SendAsync(nameof(Page.OnLocationChanging), () => _ = HandleAsync(_busy.Task));
        await SendAsync(nameof(Page.BeginInvokeDotNetFromJS), () => _ = HandleAsync(Task.CompletedTask));
        Assert.True(SendAsync(nameof(Page.OnRenderCompleted), () => { }).IsCompletedSuccessfully);

        // Nor for another reader's.
        await SendAsync(nameof(Page.BeginInvokeDotNetFromJS), () => _ = HandleAsync(_busy.Task));
        Assert.True(SendAsync(nameof(Page.OnRenderCompleted), () => { }, new Connection()).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_event_that_failed_had_its_turn()
    {
        await SendAsync(nameof(Page.BeginInvokeDotNetFromJS), () => _ = HandleAsync(_busy.Task));
        var confirmed = SendAsync(nameof(Page.OnRenderCompleted), () => { });
        _busy.SetException(new InvalidOperationException("The page broke."));
        await confirmed;
    }

    private static Task HandleAsync(Task work) => new EventsInTurn.OfCircuit().CreateInboundActivityHandler(_ => work)(null!);

    private async Task SendAsync(string method, Action reached, Connection? connection = null)
    {
        var invocation = new HubInvocationContext(connection ?? _connection, null!, new Page(), typeof(Page).GetMethod(method)!, []);
        await _filter.InvokeMethodAsync(
            invocation,
            _ =>
            {
                reached();
                return ValueTask.FromResult<object?>(null);
            }
        );
    }

    /// <summary>As the platform's own hub names what a browser sends.</summary>
    private sealed class Page : Hub
    {
        public void BeginInvokeDotNetFromJS() { }

        public void OnRenderCompleted() { }

        public void OnLocationChanging() { }
    }

    private sealed class Connection : HubCallerContext
    {
        public override string ConnectionId => "one";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal? User => null;

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() { }
    }
}
