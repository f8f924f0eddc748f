using System.Net;
using Copilot.Web.Hosting;
using Xunit;

namespace Copilot.Web.Tests.Hosting;

public sealed class LaunchOptionsTests
{
    [Fact]
    public void The_usual_ports_are_those_of_the_contract() =>
        Assert.Equal([5080, 4318, 4317], LaunchOptions.Parse([]).Doors().Select(door => door.Port));

    [Theory]
    [InlineData("--port", "6000")]
    [InlineData("--port=6000")]
    public void One_port_carries_all_and_grpc_is_a_thousand_up(params string[] arguments) =>
        Assert.Equal([6000, 7000], LaunchOptions.Parse(arguments).Doors().Select(door => door.Port));

    [Fact]
    public void Nothing_listens_to_the_world_unless_told_to()
    {
        Assert.Equal(IPAddress.Loopback, LaunchOptions.Parse([]).Listen);
        Assert.Equal(IPAddress.Any, LaunchOptions.Parse(["--listen", "0.0.0.0"]).Listen);
    }

    [Fact]
    public void The_ports_of_telemetry_may_listen_elsewhere()
    {
        var doors = LaunchOptions.Parse(["--listen-intake", "192.0.2.1"]).Doors().ToList();

        IEnumerable<string> Addresses(DoorKind kind) => doors.Where(door => door.Kind == kind).Select(door => door.Address.ToString());
        Assert.Equal(["127.0.0.1"], Addresses(DoorKind.Browser));
        Assert.Equal(["127.0.0.1", "192.0.2.1"], Addresses(DoorKind.TelemetryHttp));
    }

    [Fact]
    public void What_is_not_the_apps_own_is_passed_on()
    {
        var options = LaunchOptions.Parse(["--empty", "--Logging:LogLevel:Default=Debug", "--data", "/tmp/x"]);

        Assert.True(options.Empty);
        Assert.Equal("/tmp/x", options.DataFolder);
        Assert.Equal(["--Logging:LogLevel:Default=Debug"], options.Rest);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "none")]
    [InlineData("--port", "65000")]
    [InlineData("--listen", "everywhere")]
    [InlineData("--listen-intake", "everywhere")]
    public void A_wrong_value_says_which(params string[] arguments) =>
        Assert.Contains(
            arguments[0],
            Assert.Throws<ArgumentException>(() => LaunchOptions.Parse(arguments)).Message,
            StringComparison.Ordinal
        );
}
