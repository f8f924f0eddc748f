using Copilot.Incidents.Rooms;

namespace Copilot.Incidents.Desk;

/// <summary>A person's yes to exactly one preview.</summary>
/// <param name="Digest">Of what was shown.</param>
/// <param name="By">Who confirmed.</param>
/// <param name="Origin">Where outside the app it was asked for; null in the app.</param>
public sealed record Confirmation(string ProposalId, string Digest, string By, RoomOrigin? Origin = null);
