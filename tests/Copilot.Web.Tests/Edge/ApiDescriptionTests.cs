using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Copilot.Web.Tests.Edge;

/// <summary>The description of the API that programs read.</summary>
public sealed class ApiDescriptionTests(WholeApp app) : IClassFixture<WholeApp>
{
    [Fact]
    public async Task Every_endpoint_of_the_API_is_in_it_and_no_page_is()
    {
        using var reply = await app.Http.GetAsync(new Uri("openapi.json", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var document = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
        Assert.StartsWith("3.", (string?)document["openapi"], StringComparison.Ordinal);
        var described = document["paths"]!.AsObject().Select(path => path.Key).ToHashSet(StringComparer.Ordinal);
        var served = app
            .Routes.Select(route => "/" + route.RoutePattern.RawText!.Trim('/'))
            .Where(path => path.StartsWith("/api/v1/", StringComparison.Ordinal))
            .Select(path => path.Replace(":int", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal))
            .Distinct();
        Assert.Empty(served.Except(described));
        Assert.DoesNotContain(described, path => path.StartsWith("/_", StringComparison.Ordinal) || path == "/incidents");
    }
}
