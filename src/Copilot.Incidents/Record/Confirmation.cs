using Copilot.Incidents.Rooms;

namespace Copilot.Incidents.Record;

/// <summary>A person's yes to exactly one preview.</summary>
/// <param name="Digest">Of what was shown.</param>
/// <param name="By">Who confirmed.</param>
/// <param name="Origin">Where outside the app it was asked for; null in the app.</param>
public sealed record Confirmation(string ProposalId, string Digest, string By, RoomOrigin? Origin = null);

/// <summary>What is to be confirmed is not what was shown.</summary>
public sealed class ChangedProposalException(string id)
    : Exception($"The proposal '{id}' is not the one that this digest was shown for. Look at it again and confirm it anew.");

/// <summary>Nothing was ever previewed under this id.</summary>
public sealed class UnknownProposalException(string id)
    : Exception($"There is no proposal '{id}'. Ask again, and confirm what is shown then.");
