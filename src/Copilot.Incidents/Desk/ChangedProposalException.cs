namespace Copilot.Incidents.Desk;

/// <summary>What is to be confirmed is not what was shown.</summary>
public sealed class ChangedProposalException(string id)
    : Exception($"The proposal '{id}' is not the one that this digest was shown for. Look at it again and confirm it anew.");
