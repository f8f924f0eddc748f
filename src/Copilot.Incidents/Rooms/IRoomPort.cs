namespace Copilot.Incidents.Rooms;

/// <summary>
/// A place outside the app where people work on an incident. Every call may be made again after a crash: with
/// <see cref="RoomCall.InDoubt"/> set, an implementation finds out whether the earlier call had its effect, and does not repeat it.
/// </summary>
/// <exception cref="RoomRefusedException">It will not happen; the message tells a person why and what to do.</exception>
/// <exception cref="RoomBusyException">Not now.</exception>
public interface IRoomPort
{
    /// <summary>A stable word that is stored with the steps.</summary>
    string Name { get; }

    /// <summary>How long texts are cut so that each part can be posted alone.</summary>
    IReadOnlyList<string> Parts(string markdown);

    /// <summary>Makes the room. A name that is taken is varied.</summary>
    Task<OpenedRoom> OpenAsync(RoomCall call, string name, CancellationToken cancellation);

    /// <summary>One line that is always in sight.</summary>
    Task SetSubjectAsync(RoomCall call, string text, CancellationToken cancellation);

    /// <summary>What the room is for.</summary>
    Task SetPurposeAsync(RoomCall call, string text, CancellationToken cancellation);

    /// <summary>Invites people; one outcome each, in the same order.</summary>
    Task<IReadOnlyList<GuestOutcome>> InviteAsync(RoomCall call, IReadOnlyList<RoomGuest> guests, CancellationToken cancellation);

    /// <summary>Posts Markdown.</summary>
    /// <returns>What the post is called outside.</returns>
    Task<string> PostAsync(RoomCall call, string markdown, CancellationToken cancellation);

    /// <summary>Keeps a post in sight.</summary>
    Task PinAsync(RoomCall call, string post, CancellationToken cancellation);

    /// <summary>Keeps a link in sight.</summary>
    Task LinkAsync(RoomCall call, string title, Uri address, CancellationToken cancellation);

    /// <summary>Tells the place where the incident was asked for that its room stands.</summary>
    Task TellAsync(RoomCall call, RoomOrigin origin, string title, CancellationToken cancellation);
}
