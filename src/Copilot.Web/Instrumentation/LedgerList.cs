using Copilot.Instrument.Ledger;
using Copilot.Telemetry.Text;

namespace Copilot.Web.Instrumentation;

/// <summary>The ledger as the reader wants it: found and filtered; its order is the ledger's own.</summary>
/// <param name="Find">Part of a workload's, caller's or team's name.</param>
/// <param name="Show">A state's word; else every workload.</param>
public sealed record LedgerList(string Find, string Show)
{
    /// <summary>More gaps are told in the list alone.</summary>
    public const int MostGaps = 12;

    /// <summary>Steps of the record that are told.</summary>
    public const int MostSteps = 100;

    public IReadOnlyList<LedgerEntry> Of(IReadOnlyList<LedgerEntry> entries) =>
        [.. entries.Where(entry => Show.Length == 0 || entry.State.Word() == Show).Where(IsFound)];

    /// <summary>As people read it.</summary>
    public static string Words(LedgerState state) => state.Word().Replace('_', ' ');

    public static string Words(PeerNature nature) => nature.Word().Replace('_', ' ');

    public static string Tone(LedgerState state) =>
        state switch
        {
            LedgerState.Instrumented => "good",
            LedgerState.SendsNoSpans or LedgerState.BreaksContext => "bad",
            LedgerState.Silent => "warn",
            _ => "",
        };

    private bool IsFound(LedgerEntry entry)
    {
        var find = Find.Trim();
        return find.Length == 0 || Has(entry.Name) || (entry.Team is { } team && Has(team)) || entry.Callers.Any(Has);

        bool Has(string text) => text.Contains(find, StringComparison.OrdinalIgnoreCase);
    }
}
