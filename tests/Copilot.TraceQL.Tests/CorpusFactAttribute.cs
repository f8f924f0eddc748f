namespace Copilot.TraceQL.Tests;

/// <summary>A fact about the shared query corpora; skipped, and said to be, where they are not beside the repository.</summary>
public sealed class CorpusFactAttribute : FactAttribute
{
    private const string Absent = "the query corpora are not at ../shared/fixtures/traceql";

    public CorpusFactAttribute()
    {
        if (!Corpus.IsPresent)
            Skip = Absent;
    }
}
