using Xunit;

namespace Copilot.Incidents.Tests.Corpora;

/// <summary>A test that needs data from beside the repository; skipped, with the reason, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute(string relative)
    {
        if (Corpus.Find(relative) is null)
            Skip = $"../shared/{relative} is not beside the repository";
    }
}
