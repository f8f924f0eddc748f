using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Copilot.Incidents.Outbox;
using Copilot.Incidents.Record;
using Copilot.Slack.Api;
using Copilot.Telemetry.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Slack.Rooms;

/// <summary>Lets what a room shows follow its incident, wherever that was changed: the steps that are done, the topic, and the word where
/// the
/// incident was asked for. It looks at how things are, not at what happened, so that a restart loses nothing.</summary>
internal sealed class RoomKeeper(
    SlackApi api,
    IIncidents incidents,
    IncidentChanges changes,
    FindingPosts findings,
    ChannelNames channels,
    Incidents.IncidentsOptions options,
    TimeProvider time,
    ILogger<RoomKeeper> log
) : BackgroundService
{
    private readonly Channel<string> _changed = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, string> _shown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _tries = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Note(string id) => _changed.Writer.TryWrite(id);
        changes.Changed += Note;
        try
        {
            await RecentAsync(stoppingToken);
            await foreach (var id in _changed.Reader.ReadAllAsync(stoppingToken))
                await KeepAsync(id, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops; the next start looks at what is open.
        }
        finally
        {
            changes.Changed -= Note;
        }
    }

    private async Task RecentAsync(CancellationToken cancellationToken)
    {
        try
        {
            var since = time.GetUtcNow() - SlackPatience.Kept;
            foreach (var incident in await incidents.ListAsync(cancellationToken))
            {
                if (incident.ResolvedAt is null || incident.ResolvedAt > since)
                    _changed.Writer.TryWrite(incident.Id);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning(e, "The open incidents could not be read; their rooms are kept from their next change on");
        }
    }

    private async Task KeepAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            if (await incidents.FindAsync(id, cancellationToken) is { } incident)
            {
                await KeepAsync(incident, cancellationToken);
                await findings.FollowAsync(incident, cancellationToken);
            }
        }
        catch (SlackRateException e)
        {
            await Task.Delay(e.RetryAfter, time, cancellationToken);
            _changed.Writer.TryWrite(id);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var tries = _tries.AddOrUpdate(id, 1, (_, before) => before + 1);
            var again = tries <= SlackPatience.Attempts;
            log.LogWarning(
                e,
                "A room in Slack could not be brought up to date; it is tried again {When}",
                again ? "soon" : "with the incident's next change"
            );
            if (again)
                _ = AgainAsync(id, TimeSpan.FromSeconds(Math.Pow(2, tries)), cancellationToken);
            else
                _tries.TryRemove(id, out _);
        }
    }

    // Beside the others: one room that cannot be kept holds up no other.
    private async Task AgainAsync(string id, TimeSpan later, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(later, time, cancellationToken);
            _changed.Writer.TryWrite(id);
        }
        catch (OperationCanceledException)
        {
            // The app stops; the next start looks at what is open.
        }
    }

    // What fails by itself keeps nothing else from being shown: a post that somebody deleted, a topic that may not be set.
    private static async Task EachAsync(IEnumerable<Func<Task>> parts, CancellationToken cancellationToken)
    {
        Exception? failed = null;
        foreach (var part in parts)
        {
            try
            {
                await part();
            }
            catch (SlackErrorException e) when (e.Error == "message_not_found")
            {
                // Whoever deleted it wants it no more.
            }
            catch (Exception e) when (e is not SlackRateException && !cancellationToken.IsCancellationRequested)
            {
                failed ??= e;
            }
        }

        if (failed is not null)
            throw new InvalidOperationException("A part of the room could not be brought up to date.", failed);
    }

    private async Task KeepAsync(Incident incident, CancellationToken cancellationToken)
    {
        // As it was made it needs no keeping.
        if (incident.Rooms.FirstOrDefault(room => room.Room == SlackRoom.PortName) is not { Id: { } channel } room)
            return;
        if (
            incident is { IsResolved: false, Guide.Ticks.Count: 0 }
            && incident.Severity == incident.Proposal.Severity
            && !_shown.ContainsKey(incident.Id)
        )
            return;
        var state = RoomCard.StateOf(incident);
        var cards = RoomCard.Of(state, options.PublicUrl, await channels.ReadAsync(cancellationToken));
        var look = JsonSerializer.Serialize(cards);
        if (_shown.TryGetValue(incident.Id, out var shown) && shown == look)
            return;
        // Other builds posted long guides as text, which stays.
        var parts = incident
            .Guide.Parts.Where(posted => posted.Key < cards.Count)
            .Select(posted =>
                (Func<Task>)(() => UpdateAsync(channel, posted.Value, cards[posted.Key].Text, cards[posted.Key].Blocks, cancellationToken))
            )
            .Append(() => SetTopicAsync(incident, channel, cancellationToken))
            .ToList();
        if (room.Told is { Post: { } told } origin)
        {
            var text = Announcement(incident, channel);
            parts.Add(() => UpdateAsync(origin.Place, told, text, [Block.Section(text)], cancellationToken));
        }

        await EachAsync(parts, cancellationToken);
        _tries.TryRemove(incident.Id, out _);
        // A part that is not posted yet shows what was so when the others were.
        if (incident.Guide.Parts.Count >= cards.Count)
            _shown[incident.Id] = look;
    }

    private async Task SetTopicAsync(Incident incident, string channel, CancellationToken cancellationToken)
    {
        var topic = Block.Cut(
            Mrkdwn.Escape($"{(incident.IsResolved ? "Resolved: " : "")}{incident.Severity.Word()}: {Hostile.Line(incident.Title, 150)}"),
            SlackLimits.Topic
        );
        // Setting what is set already would be one more line in the channel.
        var now = await api.ReadAsync("conversations.info", new Dictionary<string, string> { ["channel"] = channel }, cancellationToken);
        var set = now.Member("channel").Member("topic").Text("value");
        if (set != topic && SlackText.Plain(set ?? "") != SlackText.Plain(topic))
            await api.DoAsync("conversations.setTopic", new { channel, topic }, cancellationToken);
    }

    private static string Announcement(Incident incident, string channel)
    {
        var title = Mrkdwn.Escape(Hostile.Line(incident.Title, 150));
        return incident.IsResolved
            ? $"<#{channel}> is resolved by {Mrkdwn.Escape(Hostile.Line(incident.ResolvedBy, 80))}: {title}"
            : $"<#{channel}> is open: {title}";
    }

    private Task UpdateAsync(string channel, string ts, string text, IReadOnlyList<object> blocks, CancellationToken cancellationToken) =>
        api.DoAsync(
            "chat.update",
            new
            {
                channel,
                ts,
                text,
                blocks,
            },
            cancellationToken
        );
}
