namespace Copilot.Incidents.Desk;

/// <summary>Nothing was ever previewed under this id.</summary>
public sealed class UnknownProposalException(string id)
    : Exception($"There is no proposal '{id}'. Ask again, and confirm what is shown then.");
