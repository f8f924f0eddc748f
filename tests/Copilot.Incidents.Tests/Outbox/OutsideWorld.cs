using Copilot.Incidents.Guide;
using Copilot.Incidents.Rooms;

namespace Copilot.Incidents.Tests.Outbox;

/// <summary>A chat service in memory that keeps what was made, counts what was made twice, and lets the process die at a chosen
/// call.</summary>
internal sealed class OutsideWorld : IRoomPort
{
    private int _calls;

    public List<(string Id, string Name, string Incident)> Rooms { get; } = [];

    public List<(string Room, string Key, string Text)> Posts { get; } = [];

    public List<string> Invitations { get; } = [];

    public List<string> Pins { get; } = [];

    public List<Uri> Links { get; } = [];

    public List<string> Told { get; } = [];

    /// <summary>Which call dies, from 1; 0 for none.</summary>
    public int DieAt { get; set; }

    /// <summary>Dies after the effect instead of before it.</summary>
    public bool DieAfter { get; set; }

    /// <summary>What the dying process is stopped by.</summary>
    public CancellationTokenSource Process { get; set; } = new();

    public int Calls => _calls;

    /// <summary>Refusals by method, each given once.</summary>
    public Dictionary<string, Exception> Refusals { get; } = [];

    public string Name => "outside";

    public int Parts(GuideDocument guide) => Cut(guide).Length;

    public Task<string> PostGuideAsync(RoomCall call, RoomState state, int part, CancellationToken cancellationToken) =>
        PostAsync(call, Cut(state.Guide)[part], cancellationToken);

    private static string[] Cut(GuideDocument guide) => [.. guide.Markdown.Chunk(600).Select(part => new string(part))];

    public Task<OpenedRoom> OpenAsync(RoomCall call, string name, CancellationToken cancellationToken) =>
        Act(
            "open",
            () =>
            {
                if (call.InDoubt && Rooms.Find(room => room.Incident == call.IncidentId) is { Id: not null } mine)
                    return new OpenedRoom(mine.Id, mine.Name);
                var free = Rooms.Exists(room => room.Name == name) ? name + "-2" : name;
                Rooms.Add(($"R{Rooms.Count + 1}", free, call.IncidentId));
                return new OpenedRoom(Rooms[^1].Id, free);
            }
        );

    public Task SetSubjectAsync(RoomCall call, string text, CancellationToken cancellationToken) => Act("subject", () => call.Room);

    public Task SetPurposeAsync(RoomCall call, string text, CancellationToken cancellationToken) => Act("purpose", () => call.Room);

    public Task<IReadOnlyList<GuestOutcome>> InviteAsync(
        RoomCall call,
        IReadOnlyList<RoomGuest> guests,
        CancellationToken cancellationToken
    ) =>
        Act(
            "invite",
            () =>
            {
                var outcomes = new List<GuestOutcome>();
                foreach (var guest in guests)
                {
                    if (guest.Contact is null)
                    {
                        outcomes.Add(GuestOutcome.NotFound("no address is known"));
                        continue;
                    }

                    var there = call.InDoubt && Invitations.Contains($"{call.Room}/{guest.Contact}");
                    if (!there)
                        Invitations.Add($"{call.Room}/{guest.Contact}");
                    outcomes.Add(there ? GuestOutcome.AlreadyThere : GuestOutcome.Invited);
                }

                return (IReadOnlyList<GuestOutcome>)outcomes;
            }
        );

    public Task<string> PostAsync(RoomCall call, string markdown, CancellationToken cancellationToken) =>
        Act(
            "post",
            () =>
            {
                if (!call.InDoubt || !Posts.Exists(post => post.Key == call.StepKey))
                    Posts.Add((call.Room, call.StepKey, markdown));
                return call.StepKey;
            }
        );

    public Task PinAsync(RoomCall call, string post, CancellationToken cancellationToken) =>
        Act(
            "pin",
            () =>
            {
                if (!Pins.Contains(post))
                    Pins.Add(post);
                return post;
            }
        );

    public Task LinkAsync(RoomCall call, string title, Uri address, CancellationToken cancellationToken) =>
        Act(
            "link",
            () =>
            {
                if (!Links.Contains(address))
                    Links.Add(address);
                return title;
            }
        );

    public Task<string?> TellAsync(RoomCall call, RoomOrigin origin, string title, CancellationToken cancellationToken) =>
        Act(
            "tell",
            () =>
            {
                if (!Told.Contains(origin.Place))
                    Told.Add(origin.Place);
                return (string?)title;
            }
        );

    private async Task<T> Act<T>(string what, Func<T> effect)
    {
        if (Refusals.Remove(what, out var refusal))
            throw refusal;
        var dies = ++_calls == DieAt;
        if (dies && !DieAfter)
            await DieAsync();
        var made = effect();
        if (dies)
            await DieAsync();
        return made;
    }

    private async Task DieAsync()
    {
        await Process.CancelAsync();
        Process.Token.ThrowIfCancellationRequested();
    }
}
