using System.Globalization;
using System.Text.Json;
using Copilot.Diagnosis.Investigations;
using Copilot.Incidents;
using Copilot.Incidents.Guide;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>Incident rooms as Slack channels. A call in doubt looks first whether the channel, message or person is there
/// already.</summary>
internal sealed class SlackRoom(
    SlackApi api,
    SlackSelf self,
    SlackGuests guests,
    SlackPosts posts,
    RoomReports reports,
    ChannelNames channels,
    IncidentsOptions options
) : IRoomPort
{
    public const string PortName = "slack";

    public string Name => PortName;

    public int Parts(GuideDocument guide) => GuidePages.Of(guide, options.PublicUrl).Count;

    public Task<OpenedRoom> OpenAsync(RoomCall call, string name, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            var names = Enumerable
                .Range(1, SlackTelling.RoomNames)
                .Select(n => n == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{n}"))
                .ToArray();
            if (call.InDoubt && await FindOwnAsync(call, names, cancellationToken) is { } own)
                return own;
            foreach (var candidate in names)
            {
                try
                {
                    var made = await api.DoAsync("conversations.create", new { name = candidate, is_private = false }, cancellationToken);
                    return Room(made.Member("channel"));
                }
                catch (SlackErrorException e) when (e.Error == "name_taken")
                {
                    // Archived channels keep their names, so this is no sign of the same incident.
                }
            }

            throw new DeliveryRefusedException(
                $"In Slack '{name}' and {SlackTelling.RoomNames - 1} variations of it are taken. Archive or rename some of those channels."
            );
        });

    public Task SetSubjectAsync(RoomCall call, string text, CancellationToken cancellationToken) =>
        SetAsync(call, "topic", "conversations.setTopic", text, cancellationToken);

    public Task SetPurposeAsync(RoomCall call, string text, CancellationToken cancellationToken) =>
        SetAsync(call, "purpose", "conversations.setPurpose", text, cancellationToken);

    public Task<IReadOnlyList<GuestOutcome>> InviteAsync(
        RoomCall call,
        IReadOnlyList<RoomGuest> people,
        CancellationToken cancellationToken
    ) => SlackCall.AsRoomAsync(() => guests.InviteAsync(call, people, cancellationToken));

    public Task<string> PostAsync(RoomCall call, string markdown, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
            (call.InDoubt ? await FindPostAsync(call, call.Room, null, cancellationToken) : null)
            ?? await PostAsync(call, call.Room, null, markdown, cancellationToken)
        );

    public Task PinAsync(RoomCall call, string post, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            try
            {
                return await api.DoAsync("pins.add", new { channel = call.Room, timestamp = post }, cancellationToken);
            }
            catch (SlackErrorException e) when (e.Error == "already_pinned")
            {
                return e.Answer;
            }
        });

    public Task LinkAsync(RoomCall call, string title, Uri address, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            if (call.InDoubt)
            {
                var bookmarks = await api.ReadAsync(
                    "bookmarks.list",
                    new Dictionary<string, string> { ["channel_id"] = call.Room },
                    cancellationToken
                );
                if (bookmarks.List("bookmarks").Any(bookmark => bookmark.Text("link") == address.AbsoluteUri))
                    return bookmarks;
            }

            return await api.DoAsync(
                "bookmarks.add",
                new
                {
                    channel_id = call.Room,
                    title,
                    type = "link",
                    link = address.AbsoluteUri,
                },
                cancellationToken
            );
        });

    public Task<string?> TellAsync(RoomCall call, RoomOrigin origin, string title, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            var text = $"<#{call.Room}> is open: {Mrkdwn.Escape(title)}";
            if (origin.Post is not null)
            {
                // Writing the same post again is no second message, so doubt does no harm here.
                await api.DoAsync(
                    "chat.update",
                    new
                    {
                        channel = origin.Place,
                        ts = origin.Post,
                        text,
                        blocks = new[] { Block.Section(text) },
                    },
                    cancellationToken
                );
                return (string?)origin.Post;
            }

            try
            {
                return await ToldAsync(call, origin, text, cancellationToken);
            }
            catch (SlackErrorException e) when (origin.User is not null && e.Error is "not_in_channel" or "channel_not_found")
            {
                // The app is not where it was asked for; whoever asked is told by themselves.
                return null;
            }
        });

    public Task<string> PostGuideAsync(RoomCall call, RoomState state, int part, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            if (call.InDoubt && await FindPostAsync(call, call.Room, null, cancellationToken) is { } posted)
                return posted;
            var cards = RoomCard.Of(state, options.PublicUrl, await channels.ReadAsync(cancellationToken));
            if (part >= cards.Count)
                throw new DeliveryRefusedException(
                    "The guide is shorter than it was when the room was planned. It is on the incident's page."
                );
            return await SendAsync(call, call.Room, null, cards[part].Text, [.. cards[part].Blocks], cancellationToken);
        });

    public Task AdmitAsync(RoomCall call, RoomOrigin origin, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            try
            {
                return await api.DoAsync("conversations.invite", new { channel = call.Room, users = origin.User }, cancellationToken);
            }
            catch (SlackErrorException e) when (e.Error is "already_in_channel" or "cant_invite_self")
            {
                return e.Answer;
            }
        });

    public Task IntroduceAsync(RoomCall call, RoomState state, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            var ids = new Dictionary<RoomPerson, string?>();
            foreach (var person in state.People)
                ids[person] = await guests.KnownAsync(person.Contact, cancellationToken);
            var text = RoomWords.Introduction(state, person => ids[person]);
            var plain = RoomWords.Introduction(state, _ => null);
            return (call.InDoubt ? await FindPostAsync(call, call.Room, null, cancellationToken) : null)
                ?? await SendAsync(
                    call,
                    call.Room,
                    null,
                    Block.Cut(Mrkdwn.Plain(plain), SlackTelling.Fallback),
                    [Block.Section(text)],
                    cancellationToken
                );
        });

    public Task ReportAsync(RoomCall call, RoomOrigin origin, RoomState state, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            await reports.TellAsync(call.RoomId, origin, state, cancellationToken);
            return true;
        });

    private async Task<string?> ToldAsync(RoomCall call, RoomOrigin origin, string text, CancellationToken cancellationToken) =>
        (call.InDoubt ? await FindPostAsync(call, origin.Place, origin.Thread, cancellationToken) : null)
        ?? await SendAsync(call, origin.Place, origin.Thread, text, [Block.Section(text)], cancellationToken);

    private async Task<OpenedRoom?> FindOwnAsync(RoomCall call, string[] names, CancellationToken cancellationToken)
    {
        var me = await self.UserIdAsync(cancellationToken);
        var since = (call.IncidentCreatedAt - SlackPatience.ClockSlack).ToUnixTimeSeconds();
        var arguments = new Dictionary<string, string>
        {
            ["types"] = "public_channel",
            ["limit"] = "1000",
            ["exclude_archived"] = "false",
        };
        await foreach (var channel in SlackCall.PagesAsync(api, "conversations.list", arguments, "channels", cancellationToken))
        {
            if (
                names.Contains(channel.Text("name"))
                && channel.Text("creator") == me
                && channel.Member("created") is { ValueKind: JsonValueKind.Number } created
                && created.GetInt64() >= since
                && !call.RoomsOfOthers.Contains(channel.Text("id") ?? "")
            )
            {
                return Room(channel);
            }
        }

        return null;
    }

    private Task SetAsync(RoomCall call, string what, string method, string text, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            var escaped = Mrkdwn.Escape(text) is { Length: <= SlackLimits.Topic } whole
                ? whole
                : Mrkdwn.Escape(text[..Math.Min(text.Length, SlackTelling.TopicEnd)]);
            if (call.InDoubt)
            {
                // Setting it again would show a second "set the topic" line in the channel.
                var channel = (
                    await api.ReadAsync("conversations.info", new Dictionary<string, string> { ["channel"] = call.Room }, cancellationToken)
                ).Member("channel");
                if (channel.Member(what).Text("value") is { } value && (value == escaped || value == text))
                    return channel;
            }

            var arguments = new Dictionary<string, string> { ["channel"] = call.Room, [what] = escaped };
            return await api.DoAsync(method, arguments, cancellationToken);
        });

    private Task<string> PostAsync(RoomCall call, string channel, string? thread, string markdown, CancellationToken cancellationToken)
    {
        var sections = MessageText.Sections(markdown, options.PublicUrl, near: call.IncidentCreatedAt);
        return SendAsync(
            call,
            channel,
            thread,
            Block.Cut(Mrkdwn.Escape(Mrkdwn.Plain(markdown)), SlackTelling.Fallback),
            [.. sections.Select(text => Block.Section(text))],
            cancellationToken
        );
    }

    private Task<string> SendAsync(
        RoomCall call,
        string channel,
        string? thread,
        string text,
        object[] blocks,
        CancellationToken cancellationToken
    ) => posts.SendAsync(channel, thread, call.StepKey, text, blocks, cancellationToken);

    private Task<string?> FindPostAsync(RoomCall call, string channel, string? thread, CancellationToken cancellationToken) =>
        posts.FindAsync(channel, thread, call.StepKey, call.IncidentCreatedAt, cancellationToken);

    private static OpenedRoom Room(JsonElement channel) =>
        new(channel.Text("id")!, channel.Text("name_normalized") is { Length: > 0 } name ? name : channel.Text("name")!);
}
