using System.Text.Json;
using Copilot.Store.Investigations;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Investigations;

public sealed class InvestigationKindTests
{
    private static readonly JsonSerializerOptions _options = new() { Converters = { new InvestigationKindConverter() } };

    [Theory]
    [InlineData(CauseKind.Errors, "errors")]
    [InlineData(CauseKind.Latency, "latency")]
    [InlineData(CauseKind.Network, "network")]
    [InlineData(CauseKind.Resource, "resource")]
    [InlineData(CauseKind.Saturation, "saturation")]
    [InlineData(CauseKind.Change, "change")]
    [InlineData(CauseKind.Traffic, "traffic")]
    [InlineData(null, "alert")]
    public void A_kind_is_kept_and_sent_as_its_word(CauseKind? kind, string word)
    {
        Assert.Equal((word, kind), (InvestigationKind.Word(kind), InvestigationKind.Parse(word)));
        Assert.Equal($"\"{word}\"", JsonSerializer.Serialize(kind, _options));
        Assert.Equal(kind, JsonSerializer.Deserialize<CauseKind?>($"\"{word}\"", _options));
    }

    [Fact]
    public void A_word_that_is_no_kind_is_named_not_guessed() =>
        Assert.Contains(
            "'outage'",
            Assert.Throws<FormatException>(() => InvestigationKind.Parse("outage")).Message,
            StringComparison.Ordinal
        );
}
