using Xunit;

namespace Copilot.Agent.Tests.Traceql;

/// <summary>A test on the published pairs, which lie next to the repository and not in it; skipped, plainly, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PairFactAttribute : FactAttribute
{
    private const string Absent = "The pairs are not here: ../shared/fixtures/traceql next to the repository is missing.";

    public PairFactAttribute() => Skip = QueryPairs.File is null ? Absent : null;
}
