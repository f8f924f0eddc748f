using Copilot.Models.Checking;

namespace Copilot.Models.Engine;

/// <summary>The check of a question's answer, made anew only where results have come since: the gate asks for it with every
/// sentence.</summary>
internal sealed class CheckedResults(ToolLedger ledger, string question, IReadOnlyList<string> services, TimeZoneInfo zone)
{
    private EvidenceCheck? _check;
    private int _results = -1;

    public EvidenceCheck Current
    {
        get
        {
            if (_check is null || _results != ledger.Results.Count)
                (_check, _results) = (new EvidenceCheck([.. ledger.Results], question, services, zone), ledger.Results.Count);
            return _check;
        }
    }
}
