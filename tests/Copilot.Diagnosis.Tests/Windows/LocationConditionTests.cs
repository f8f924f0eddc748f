using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Diagnoses;
using Copilot.TraceQL;
using Xunit;

namespace Copilot.Diagnosis.Tests.Windows;

public sealed class LocationConditionTests
{
    [Theory]
    [InlineData("resource", "k8s.node.name", "n7", "{ resource.service.name = \"pay\" && resource.k8s.node.name = \"n7\" }")]
    [InlineData("span", "retry.count", "3", "{ resource.service.name = \"pay\" && (span.retry.count = 3 || span.retry.count = \"3\") }")]
    [InlineData("span", "beta", "true", "{ resource.service.name = \"pay\" && (span.beta = true || span.beta = \"true\") }")]
    [InlineData(
        "resource",
        "topology.kubernetes.io/zone",
        "a",
        "{ resource.service.name = \"pay\" && resource.\"topology.kubernetes.io/zone\" = \"a\" }"
    )]
    [InlineData("span", "a\" || true", "x\" } || { true", null)]
    public void It_is_one_filter_whatever_the_attribute_is_called(string level, string key, string value, string? expected)
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
                    Level = "resource",
                    Carrier = "pay",
                    Services = ["pay", "shop"],
                }
            )
        );
}
