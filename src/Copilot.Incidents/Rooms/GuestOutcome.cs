namespace Copilot.Incidents.Rooms;

/// <param name="Outcome">invited, already_there, not_found or refused.</param>
/// <param name="Detail">Why not, for a person.</param>
public sealed record GuestOutcome(string Outcome, string? Detail = null)
{
    public static GuestOutcome Invited { get; } = new("invited");

    public static GuestOutcome AlreadyThere { get; } = new("already_there");

    public static GuestOutcome NotFound(string detail) => new("not_found", detail);

    public static GuestOutcome Refused(string detail) => new("refused", detail);
}
