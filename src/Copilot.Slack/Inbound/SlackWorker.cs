using System.Text.Json;
using Copilot.Incidents.Outbox;
using Copilot.Slack.Api;
using Copilot.Slack.Conversing;
using Copilot.Slack.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Inbound;

/// <summary>Does what the inbox took, several things at a time, so that a long question does not keep a dialog from opening.</summary>
internal sealed class SlackWorker(
    SlackInbox inbox,
    IDeliveries deliveries,
    CommandHandler commands,
    MentionHandler mentions,
    IncidentDialog dialog,
    AnswerActions answers,
    ResolveModal resolving,
    SlackReplies replies,
    TimeProvider time,
    ILogger<SlackWorker> log
) : BackgroundService
{
    private readonly SemaphoreSlim _places = new(SlackPatience.AtOnce, SlackPatience.AtOnce);

    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var released = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!released)
                    await deliveries.ReleaseOfTheDeadAsync(SlackAsker.Source, stoppingToken);
                released = true;
                await _places.WaitAsync(stoppingToken);
                if (await NextAsync(stoppingToken) is { } delivery)
                    _ = DoAsync(delivery, stoppingToken);
                else
                    await WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database may be away for a while; the deliveries are safe in it.
                log.LogError(e, "What Slack sent could not be read; trying again");
                await Task.Delay(SlackPatience.LookAgain, time, stoppingToken);
            }
        }
    }

    // The place is given back unless there is something to do in it.
    private async Task<Delivery?> NextAsync(CancellationToken cancellationToken)
    {
        Delivery? next = null;
        try
        {
            return next = await deliveries.NextAsync(SlackAsker.Source, cancellationToken);
        }
        finally
        {
            if (next is null)
                _places.Release();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var told = inbox.News.ReadAsync(waited.Token).AsTask();
        await Task.WhenAny(told, Task.Delay(SlackPatience.LookAgain, time, waited.Token));
        await waited.CancelAsync();
        try
        {
            await told;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time is up.
        }
    }

    private async Task DoAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(delivery, cancellationToken);
            await deliveries.DoneAsync(delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The app stops; the next start takes it up.
        }
        catch (Exception e)
        {
            await FailAsync(delivery, e, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(delivery.Body);
        var body = document.RootElement;
        await (
            delivery.Kind switch
            {
                SlackWorkKind.Command => commands.HandleAsync(delivery, body.Deserialize<SlashCommand>()!, cancellationToken),
                SlackWorkKind.Message => mentions.HandleAsync(delivery, body, cancellationToken),
                SlackWorkKind.Shortcut => mentions.HandleShortcutAsync(delivery, body, cancellationToken),
                SlackWorkKind.Action => ActAsync(delivery, body, cancellationToken),
                SlackWorkKind.Submission when body.Member("view").Text("callback_id") == ResolveModal.CallbackId =>
                    resolving.HandleSubmissionAsync(body, cancellationToken),
                SlackWorkKind.Submission => dialog.HandleSubmissionAsync(body, cancellationToken),
                _ => throw new InvalidOperationException($"'{delivery.Kind}' is no kind of delivery that this build knows."),
            }
        );
    }

    private async Task ActAsync(Delivery delivery, JsonElement body, CancellationToken cancellationToken)
    {
        await dialog.HandleActionAsync(body, cancellationToken);
        await answers.HandleAsync(delivery, body, cancellationToken);
    }

    // Nobody waits for what will not come.
    private async Task ApologizeAsync(Delivery delivery, Exception failed, CancellationToken cancellationToken)
    {
        if (delivery.Kind is not (SlackWorkKind.Action or SlackWorkKind.Submission or SlackWorkKind.Shortcut))
            return;
        try
        {
            using var document = JsonDocument.Parse(delivery.Body);
            var state = SlackJson.Carried<DialogState>(document.RootElement.Member("view").Text("private_metadata"));
            var pressed = Presser.Of(document.RootElement);
            await replies.TellAsync(
                pressed with
                {
                    Channel = pressed.Channel ?? state?.Channel,
                    Reply = pressed.Reply ?? state?.Reply,
                },
                failed is SlackErrorException { Error: "not_in_channel" or "channel_not_found" }
                    ? "I cannot write in this channel. Invite me with /invite and try again, or ask with /copilot, which works anywhere."
                    : "That did not work, and it is not your fault: the copilot's log says why. Try it again, or in the browser.",
                cancellationToken
            );
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "Whoever pressed could not be told that it did not work");
        }
    }

    // Slack's refusals are for good; its silence and its asking to wait are not.
    private async Task FailAsync(Delivery delivery, Exception e, CancellationToken cancellationToken)
    {
        var again =
            delivery.Attempts >= SlackPatience.Attempts
                ? (TimeSpan?)null
                : e switch
                {
                    SlackRateException busy => busy.RetryAfter,
                    HttpRequestException or TaskCanceledException => TimeSpan.FromSeconds(Math.Pow(2, delivery.Attempts)),
                    SlackErrorException { IsSlacksOwn: true } => TimeSpan.FromSeconds(Math.Pow(2, delivery.Attempts)),
                    _ => null,
                };
        log.LogError(e, "Something from Slack could not be answered{Again}", again is null ? "" : "; trying again");
        try
        {
            if (again is null)
                await ApologizeAsync(delivery, e, cancellationToken);
            await deliveries.FailedAsync(delivery, e.Message, again, cancellationToken);
        }
        catch (Exception lost) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogError(lost, "Its failure could not be noted; its lease runs out by itself");
        }
    }
}
