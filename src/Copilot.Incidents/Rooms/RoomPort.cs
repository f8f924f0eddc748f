using Copilot.Diagnosis.Investigations;
using Copilot.Incidents.Guide;

namespace Copilot.Incidents.Rooms;

/// <summary>
/// A place outside the app where people work on an incident. Every call may be made again after a crash: with
/// <see cref="RoomCall.InDoubt"/> set, an implementation finds out whether the earlier call had its effect, and does not repeat it.
/// </summary>
/// <exception cref="DeliveryRefusedException">It will not happen; the message tells a person why and what to do.</exception>
/// <exception cref="DeliveryBusyException">Not now.</exception>
public interface IRoomPort
{
    /// <summary>A stable word that is stored with the steps.</summary>
    string Name { get; }

    /// <summary>How many posts a guide takes.</summary>
    int Parts(GuideDocument guide);

    /// <summary>Makes the room. A name that is taken is varied.</summary>
    Task<OpenedRoom> OpenAsync(RoomCall call, string name, CancellationToken cancellationToken);

    /// <summary>One line that is always in sight.</summary>
    Task SetSubjectAsync(RoomCall call, string text, CancellationToken cancellationToken);

    /// <summary>What the room is for.</summary>
    Task SetPurposeAsync(RoomCall call, string text, CancellationToken cancellationToken);

    /// <summary>Invites people; one outcome each, in the same order.</summary>
    Task<IReadOnlyList<GuestOutcome>> InviteAsync(RoomCall call, IReadOnlyList<RoomGuest> guests, CancellationToken cancellationToken);

    /// <summary>Posts Markdown.</summary>
    /// <returns>What the post is called outside.</returns>
    Task<string> PostAsync(RoomCall call, string markdown, CancellationToken cancellationToken);

    /// <summary>Keeps a post in sight.</summary>
    Task PinAsync(RoomCall call, string post, CancellationToken cancellationToken);

    /// <summary>Keeps a link in sight.</summary>
    Task LinkAsync(RoomCall call, string title, Uri address, CancellationToken cancellationToken);

    /// <summary>Tells the place where the incident was asked for that its room stands.</summary>
    /// <returns>What the post is called outside; null where the place could not be told.</returns>
    Task<string?> TellAsync(RoomCall call, RoomOrigin origin, string title, CancellationToken cancellationToken);

    /// <summary>Posts one of the parts of the guide, from 0; the first is what the room keeps in sight.</summary>
    /// <returns>What the post is called outside.</returns>
    Task<string> PostGuideAsync(RoomCall call, RoomState state, int part, CancellationToken cancellationToken);

    /// <summary>Lets whoever asked for the room in, before anybody else comes.</summary>
    Task AdmitAsync(RoomCall call, RoomOrigin origin, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells the room who was called and why, and whom it could not reach.</summary>
    Task IntroduceAsync(RoomCall call, RoomState state, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells whoever asked for the room, and nobody else, what became of it: also that there is none.</summary>
    Task ReportAsync(RoomCall call, RoomOrigin origin, RoomState state, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Where outside the app an incident was asked for.</summary>
/// <param name="Room">The port's name.</param>
/// <param name="Place">What the place is called there.</param>
/// <param name="Thread">The post that it was asked under, or null.</param>
/// <param name="Post">The product's own post there that may be rewritten, or null.</param>
public sealed record RoomOrigin(string Room, string Place, string? Thread, string? Post)
{
    /// <summary>What whoever asked is called there; null where nobody is known.</summary>
    public string? User { get; init; }

    /// <summary>Where they can be answered for a while; null where there is no such address.</summary>
    public Uri? Reply { get; init; }
}

/// <param name="Id">What the room is called outside, for later calls.</param>
/// <param name="Name">Its name as people see it; it may differ from the one asked for.</param>
public sealed record OpenedRoom(string Id, string Name);
