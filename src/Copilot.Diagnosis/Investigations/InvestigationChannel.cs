using Copilot.Store.Investigations;

namespace Copilot.Diagnosis.Investigations;

/// <summary>
/// A place outside the app where findings are told: each once when it opens, and once more when another cause is known, it is over or it is
/// back. Registered by whoever
/// implements it; with none registered, findings are in the app alone. Calls come one after the other.
/// </summary>
/// <exception cref="DeliveryRefusedException">It will not happen; it is not tried again.</exception>
/// <exception cref="DeliveryBusyException">Not now; it is tried again within a minute while the finding lasts.</exception>
public interface IInvestigationChannel
{
    /// <summary>A stable word that is stored with what was told.</summary>
    string Name { get; }

    /// <summary>Whether it is set up; asked before each call, so that settings may come later.</summary>
    bool IsConfigured { get; }

    /// <summary>Tells of a finding that just opened.</summary>
    /// <param name="investigation">Its texts are hostile: no mention, link or command in them may take effect.</param>
    /// <param name="inDoubt">An earlier call may have had its effect before the app died: find out and do not repeat it.</param>
    /// <returns>What the post is called outside; given back when there is more to tell.</returns>
    Task<string> OpenAsync(Investigation investigation, bool inDoubt, CancellationToken cancellationToken);

    /// <summary>
    /// Tells at the post how it stands now: with another cause, back, or over as of <see cref="InvestigationFacts.ClosedAt"/>. Doing it
    /// twice must look like once.
    /// </summary>
    Task UpdateAsync(Investigation investigation, string reference, CancellationToken cancellationToken);
}

/// <summary>The other side asks to wait. Nothing happened.</summary>
public sealed class DeliveryBusyException(TimeSpan retryAfter, string message) : Exception(message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The other side refuses for good; trying again changes nothing until a person does something.</summary>
public sealed class DeliveryRefusedException(string message) : Exception(message);
