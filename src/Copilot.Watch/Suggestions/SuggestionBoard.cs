using Copilot.Incidents.Investigations;
using Copilot.Store.Suggestions;

namespace Copilot.Watch.Suggestions;

/// <summary>What is open now, for pages; and what just opened or closed, for whoever announces it.</summary>
public sealed class SuggestionBoard
{
    private volatile IReadOnlyList<SuggestionRow> _open = [];

    public IReadOnlyList<SuggestionRow> Current => _open;

    /// <summary>Raised after every change of <see cref="Current"/>; carries no data, the page reads again.</summary>
    public event Action? Changed;

    /// <summary>Raised once for each suggestion, with the investigation that it rests on.</summary>
    public event Action<SuggestionRow, Investigation>? Opened;

    public event Action<SuggestionRow>? Closed;

    internal void Publish(IReadOnlyList<SuggestionRow> open)
    {
        if (open.SequenceEqual(_open))
            return;
        _open = [.. open];
        Changed?.Invoke();
    }

    internal void Open(SuggestionRow suggestion, Investigation investigation) => Opened?.Invoke(suggestion, investigation);

    internal void Close(SuggestionRow suggestion) => Closed?.Invoke(suggestion);
}
