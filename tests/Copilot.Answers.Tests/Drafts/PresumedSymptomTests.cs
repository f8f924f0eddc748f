using Copilot.Answers.Diagnoses;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Language.Questions;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

/// <summary>"Why is it slow?" of what only fails, and the other way round.</summary>
public sealed class PresumedSymptomTests
{
    private static readonly ServiceImpact Failing = new()
    {
        Service = "till",
        Requests = 200,
        Failed = 34,
        ErrorRate = 0.17,
        ErrorRateBefore = 0.008,
        P95Ms = 210,
        P95MsBefore = 205,
        Failing = true,
    };

    private static readonly ServiceImpact Slow = new()
    {
        Service = "till",
        Requests = 200,
        Failed = 1,
        ErrorRate = 0.005,
        ErrorRateBefore = 0.005,
        P95Ms = 900,
        P95MsBefore = 205,
        Slow = true,
    };

    [Fact]
    public void What_only_fails_is_said_not_to_be_slower() =>
        Assert.Equal(
            "**`till` is not clearly slower**: p95 210 ms, before 205 ms; but it fails more: error rate 17 %, before 0.8 % (34 of 200 requests failed).",
            DiagnosisWords.Missing(Failing, Symptom.Latency)
        );

    [Fact]
    public void What_is_only_slow_is_said_not_to_fail() =>
        Assert.Equal(
            "**`till` does not clearly fail more**: error rate 0.5 %, before 0.5 % (1 of 200 requests failed); but it is slower: p95 900 ms, before 205 ms.",
            DiagnosisWords.Missing(Slow, Symptom.Errors)
        );

    [Fact]
    public void A_symptom_that_is_there_is_not_doubted()
    {
        Assert.Null(DiagnosisWords.Missing(Failing, Symptom.Errors));
        Assert.Null(DiagnosisWords.Missing(Slow, Symptom.Latency));
    }
}
