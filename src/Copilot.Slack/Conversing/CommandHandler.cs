using Copilot.Incidents;
using Copilot.Incidents.Outbox;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Conversing;

/// <summary><c>/copilot</c> with a question, or with a word about the incident whose channel it is typed in.</summary>
internal sealed class CommandHandler(
    SlackApi api,
    SlackAsker asker,
    IncidentCommands about,
    IncidentsOptions options,
    TimeProvider time,
    ILogger<CommandHandler> log
)
{
    public const string Help =
        "Ask in plain words: `/copilot why is checkout slow since 10:00?`\nIn an incident's channel: `/copilot status`, "
        + "`/copilot timeline`, `/copilot resolve`, `/copilot postmortem`.";

    public async Task HandleAsync(Delivery delivery, SlashCommand command, CancellationToken cancellationToken)
    {
        if (command.ResponseUrl is null || time.GetUtcNow() - delivery.ReceivedAt > SlackLimits.Answerable)
            return;
        if (IncidentCommands.Read(command.Text) is { } word)
        {
            var by = new Presser(command.UserId, command.ChannelId, null, command.ResponseUrl, IsPrivate: true);
            if (await about.AnswerAsync(word, by, command.TriggerId, cancellationToken) is { } told)
                await api.RespondAsync(command.ResponseUrl, told.Text, told.Blocks, cancellationToken);
            return;
        }

        await AnswerAsync(SlackText.Plain(command.Text), command.UserId, command.ResponseUrl, cancellationToken);
    }

    /// <summary>Answers the asker alone. Each is a conversation of its own: a command stands below nothing.</summary>
    public async Task AnswerAsync(string question, string user, Uri? reply, CancellationToken cancellationToken)
    {
        if (reply is null)
            return;
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var looking = LookingAsync(reply, slow.Token);
        AnswerMessage message;
        try
        {
            var answer = await asker.AskAsync(question, user, null, null, cancellationToken);
            message = AnswerMessage.Of(question, answer, new AskedIn(options.PublicUrl, time.GetUtcNow(), IsPrivate: true));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "A command from Slack could not be answered");
            message = new AnswerMessage(MentionHandler.Apology, []);
        }
        finally
        {
            await slow.CancelAsync();
            await looking;
        }

        await api.RespondAsync(reply, message.Text, message.Blocks.Count > 0 ? message.Blocks : null, cancellationToken);
    }

    // A private message cannot be taken back: one that says nothing but "wait" is sent to those alone who do wait.
    private async Task LookingAsync(Uri reply, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(SlackPatience.BeforeLooking, time, cancellationToken);
            await api.RespondAsync(reply, "Looking…", null, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            // The answer is there, or will say it itself.
        }
    }
}
