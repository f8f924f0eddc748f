using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Diagnoses;
using Copilot.TraceQL;
using Xunit;

namespace Copilot.Diagnosis.Tests.Windows;

public sealed class LocationConditionTests
{
    [Theory]
    [InlineData(AttributeLevel.Resource, "k8s.node.name", "n7", "{ resource.service.name = \"pay\" && resource.k8s.node.name = \"n7\" }")]
    [InlineData(
        AttributeLevel.Span,
        "retry.count",
        "3",
        "{ resource.service.name = \"pay\" && (span.retry.count = 3 || span.retry.count = \"3\") }"
    )]
    [InlineData(AttributeLevel.Span, "beta", "true", "{ resource.service.name = \"pay\" && (span.beta = true || span.beta = \"true\") }")]
    [InlineData(
        AttributeLevel.Resource,
        "topology.kubernetes.io/zone",
        "a",
        "{ resource.service.name = \"pay\" && resource.\"topology.kubernetes.io/zone\" = \"a\" }"
    )]
    [InlineData(AttributeLevel.Span, "a\" || true", "x\" } || { true", null)]
    public void It_is_one_filter_whatever_the_attribute_is_called(AttributeLevel level, string key, string value, string? expected)
    {
        var query = LocationCondition.Of(
            new CauseLocation
            {
                Attribute = key,
                Value = value,
                Level = level,
                Carrier = "pay",
            }
        );
        TraceQlParser.ParseFilter(query);
        Assert.Equal(expected ?? query, query);
    }

    [Fact]
    public void Where_several_services_suffer_no_one_of_them_is_asked_for() =>
        Assert.Equal(
            "{ resource.host.name = \"n1\" }",
            LocationCondition.Of(
                new CauseLocation
                {
                    Attribute = "host.name",
                    Value = "n1",
                    Level = AttributeLevel.Resource,
                    Carrier = "pay",
                    Services = ["pay", "shop"],
                }
            )
        );
}
