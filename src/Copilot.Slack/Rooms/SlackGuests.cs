using System.Collections.Concurrent;
using System.Text.Json;
using Copilot.Incidents.Proposals;
using Copilot.Incidents.Rooms;
using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>Invites people by their e-mail addresses; each refusal is told for the person it concerns.</summary>
internal sealed class SlackGuests(SlackApi api)
{
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Their ids in Slack; null where it does not know the address, or does not tell.</summary>
    public async Task<string?> KnownAsync(string? contact, CancellationToken cancellationToken)
    {
        try
        {
            return contact is null ? null : await FindAsync(contact, cancellationToken);
        }
        catch (SlackErrorException)
        {
            return null;
        }
    }

    /// <summary>The places of those who are surely not in Slack, as far as that can be told while somebody waits for a dialog.</summary>
    public async Task<IReadOnlySet<int>> MissingAsync(IReadOnlyList<Invitee> invitees, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(SlackPatience.BeforeDialog);
        var looks = invitees.Take(SlackLimits.CheckBoxes).Select((invitee, place) => MissesAsync(invitee, place, patience.Token)).ToArray();
        return (await Task.WhenAll(looks)).OfType<int>().ToHashSet();
    }

    private async Task<int?> MissesAsync(Invitee invitee, int place, CancellationToken cancellationToken)
    {
        try
        {
            return invitee.Contact is null || await FindAsync(invitee.Contact, cancellationToken) is null ? place : null;
        }
        catch (Exception e) when (e is SlackErrorException or SlackRateException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<GuestOutcome>> InviteAsync(
        RoomCall call,
        IReadOnlyList<RoomGuest> people,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new GuestOutcome[people.Count];
        var users = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < people.Count; place++)
        {
            if (people[place].Contact is not { } contact)
                outcomes[place] = GuestOutcome.NotFound("no source gives an e-mail address");
            else if (await FindAsync(contact, cancellationToken) is not { } user)
                outcomes[place] = GuestOutcome.NotFound($"nobody in Slack has the address {contact}");
            else if (!users.TryAdd(user, place))
                outcomes[place] = GuestOutcome.AlreadyThere;
        }

        if (call.InDoubt)
        {
            var arguments = new Dictionary<string, string> { ["channel"] = call.Room, ["limit"] = "1000" };
            await foreach (var member in SlackCall.PagesAsync(api, "conversations.members", arguments, "members", cancellationToken))
            {
                if (users.Remove(member.GetString()!, out var place))
                    outcomes[place] = GuestOutcome.AlreadyThere;
            }
        }

        foreach (var some in users.Keys.Chunk(SlackLimits.Invited))
        {
            var refusals = await InviteAsync(call.Room, some, cancellationToken);
            foreach (var user in some)
                outcomes[users[user]] = refusals.TryGetValue(user, out var error) ? Outcome(error) : GuestOutcome.Invited;
        }

        return outcomes;
    }

    private static GuestOutcome Outcome(string error) =>
        error is "already_in_channel" or "cant_invite_self"
            ? GuestOutcome.AlreadyThere
            : GuestOutcome.Refused(SlackErrorText.OfGuest(error));

    private async Task<Dictionary<string, string>> InviteAsync(string room, string[] users, CancellationToken cancellationToken)
    {
        try
        {
            return Refusals(
                await api.DoAsync(
                    "conversations.invite",
                    new
                    {
                        channel = room,
                        users = string.Join(',', users),
                        force = true,
                    },
                    cancellationToken
                )
            );
        }
        catch (SlackErrorException e) when (Refusals(e.Answer) is { Count: > 0 } refusals)
        {
            // One bad id may have kept the others out.
            var rest = users.Where(user => !refusals.ContainsKey(user)).ToArray();
            if (rest.Length > 0)
            {
                foreach (var (user, error) in await InviteAsync(room, rest, cancellationToken))
                    refusals[user] = error;
            }

            return refusals;
        }
        catch (SlackErrorException e) when (IsAboutGuest(e.Error))
        {
            if (users.Length == 1)
                return new Dictionary<string, string> { [users[0]] = e.Error };
            var each = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var user in users)
            {
                foreach (var (who, error) in await InviteAsync(room, [user], cancellationToken))
                    each[who] = error;
            }

            return each;
        }
    }

    private static bool IsAboutGuest(string error) =>
        error
            is "already_in_channel"
                or "cant_invite_self"
                or "cant_invite"
                or "user_not_found"
                or "no_user"
                or "user_is_restricted"
                or "user_is_ultra_restricted"
                or "ura_max_channels"
                or "invitee_cant_see_channel"
                or "no_external_invite_permission"
                or "user_disabled";

    private static Dictionary<string, string> Refusals(JsonElement answer)
    {
        var refusals = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var error in answer.List("errors"))
        {
            if (error.Text("user") is { } user)
                refusals[user] = error.Text("error") ?? "refused";
        }

        return refusals;
    }

    private async Task<string?> FindAsync(string email, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(email, out var known))
            return known;
        try
        {
            var found = await api.ReadAsync("users.lookupByEmail", new Dictionary<string, string> { ["email"] = email }, cancellationToken);
            if (found.Member("user").Text("id") is not { } id)
                return null;
            if (_known.Count >= SlackTelling.PeopleKept)
                _known.Clear();
            return _known[email] = id;
        }
        catch (SlackErrorException e) when (e.Error == "users_not_found")
        {
            return null;
        }
    }
}

/// <summary>Who the app is in its workspace.</summary>
internal sealed class SlackSelf(SlackApi api)
{
    private string? _userId;

    public async Task<string> UserIdAsync(CancellationToken cancellationToken) =>
        _userId ??= (await api.ReadAsync("auth.test", new Dictionary<string, string>(), cancellationToken)).Text("user_id")!;
}
