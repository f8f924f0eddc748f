using System.Diagnostics.CodeAnalysis;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Store.Investigations;

namespace Copilot.Diagnosis.Investigations;

/// <summary>
/// Trouble that was found without anybody asking: a suggested investigation, already answered, open while the trouble lasts.
/// </summary>
public sealed record Investigation : InvestigationFacts
{
    /// <summary>The <see cref="InvestigationFacts.Source"/> of what the product's own watch found.</summary>
    public const string Watch = "watch";

    public Investigation() { }

    [SetsRequiredMembers]
    public Investigation(InvestigationFacts facts)
        : base(facts) { }

    /// <summary>The whole answer; null where nothing was found or it was kept before answers were.</summary>
    public WindowDiagnosis? Answer { get; init; }

    public string KindWord => InvestigationKind.Word(Kind);

    public bool IsOpen => ClosedAt is null;
}
