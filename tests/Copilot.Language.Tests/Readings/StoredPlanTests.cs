using System.Text.Json;
using System.Text.Json.Serialization;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Language.Tests.Readings;

/// <summary>Turns that conversations keep are read by later releases: members and names of values stay.</summary>
public sealed class StoredPlanTests
{
    private static readonly JsonSerializerOptions _json = new() { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public void The_trace_selection_of_a_kept_turn_is_read()
    {
        var plan = JsonSerializer.Deserialize<QuestionPlan>(
            """
            {"Kind":"Traces","AsOfNs":1,"Traces":{"Failed":true,"Succeeded":true,"FailedAtService":true,"Slow":true,
            "LongerThan":"00:00:01","ShorterThan":"00:00:02","RootFineButFailedBelow":true,"Order":"MostErrors","Limit":5,
            "LogText":"full","LogSeverity":17}}
            """,
            _json
        );
        Assert.Equal(
            new TraceSelection
            {
                Failed = true,
                Succeeded = true,
                FailedAtService = true,
                Slow = true,
                LongerThan = TimeSpan.FromSeconds(1),
                ShorterThan = TimeSpan.FromSeconds(2),
                RootFineButFailedBelow = true,
                Order = TraceOrder.MostErrors,
                Limit = 5,
                LogText = "full",
                LogSeverity = 17,
            },
            plan!.Traces
        );
    }

    [Theory]
    [InlineData("Span", AttributeScope.Span)]
    [InlineData("Resource", AttributeScope.Resource)]
    [InlineData("Event", AttributeScope.Event)]
    [InlineData("Link", AttributeScope.Link)]
    [InlineData("Instrumentation", AttributeScope.Instrumentation)]
    [InlineData("Intrinsic", AttributeScope.Intrinsic)]
    public void The_scope_of_a_kept_condition_is_read(string kept, AttributeScope scope)
    {
        var json = $$"""
            {"Kind":"Traces","AsOfNs":1,"Conditions":[{"Scope":"{{kept}}","Key":"k","Operator":"Equal","Values":["v"],"Type":"Text",
            "OnEntry":true,"Words":"k v"}]}
            """;
        Assert.Equal(scope, Assert.Single(JsonSerializer.Deserialize<QuestionPlan>(json, _json)!.Conditions).Scope);
    }
}
