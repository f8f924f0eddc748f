using System.Net;
using Copilot.Incidents;
using Copilot.Web.Hosting;
using Xunit;

namespace Copilot.Web.Tests.Hosting;

public sealed class HostNamesTests
{
    private static readonly HostNames Names = new(
        new HostingOptions { Hosts = ["copilot.internal", "other.internal:8443", "störung.example"] },
        new IncidentsOptions { PublicUrl = new Uri("https://Copilot.example/app") }
    );

    [Theory]
    [InlineData("localhost:5080", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1:5080", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("192.0.2.1:5080", true)]
    [InlineData("copilot.example", true)]
    [InlineData("COPILOT.internal:5080", true)]
    [InlineData("other.internal", true)]
    [InlineData("xn--strung-xxa.example", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("evil.copilot.internal", false)]
    [InlineData("xn--a", false)]
    [InlineData(":5080", false)]
    [InlineData("", false)]
    public void It_is_asked_for_by_names_of_its_own(string host, bool known) =>
        Assert.Equal(known, Names.Knows(host, IPAddress.Parse("::ffff:192.0.2.1")));

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("https://copilot.example", true)]
    [InlineData("https://other.internal:8443", true)]
    [InlineData("https://copilot.internal", true)]
    [InlineData("https://copilot.example:9443", false)]
    [InlineData("http://localhost:5080", false)]
    [InlineData("http://127.0.0.1:3000", false)]
    [InlineData("null", false)]
    [InlineData("file://copilot.example", false)]
    public void Its_own_pages_are_those_of_the_same_address_or_of_the_proxy_before_it(string origin, bool own) =>
        Assert.Equal(own, Names.IsOwnOrigin(origin, "127.0.0.1:5080"));
}
