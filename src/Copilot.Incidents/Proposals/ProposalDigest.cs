using System.Security.Cryptography;
using System.Text.Json;

namespace Copilot.Incidents.Proposals;

/// <summary>Binds a confirmation to what was shown.</summary>
internal static class ProposalDigest
{
    /// <summary>The proposal with its digest, and the id that follows from it: the same preview is the same proposal, however often it is made.</summary>
    public static IncidentProposal Sign(IncidentProposal proposal)
    {
        var digest = Of(proposal);
        return proposal with { Id = $"p_{digest[..24]}", Digest = digest };
    }

    /// <summary>Of everything shown; whether an incident exists already is told beside it and may change.</summary>
    public static string Of(IncidentProposal proposal) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(proposal with { Id = "", Digest = "", Existing = null })));
}
