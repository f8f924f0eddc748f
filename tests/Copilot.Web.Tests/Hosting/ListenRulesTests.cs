using Copilot.Access;
using Copilot.Ingest;
using Copilot.Web.Hosting;
using Xunit;

namespace Copilot.Web.Tests.Hosting;

public sealed class ListenRulesTests
{
    private static readonly SignInOptions Proxy = new() { Proxy = new ProxyOptions { UserHeader = "X-User" } };
    private static readonly SignInOptions Issuer = new() { Oidc = new OidcOptions { Authority = new Uri("https://id.example/realm") } };
    private static readonly IngestOptions Keys = new() { Keys = new Dictionary<string, string> { ["collector"] = "secret" } };

    [Theory]
    [InlineData]
    [InlineData("--port", "6000")]
    [InlineData("--listen", "127.0.0.2")]
    [InlineData("--listen", "::1", "--listen-intake", "127.0.0.1")]
    public void This_machine_needs_no_leave(params string[] arguments) => ListenRules.Check(LaunchOptions.Parse(arguments), new(), new());

    [Fact]
    public void Each_door_has_its_own_condition()
    {
        ListenRules.Check(LaunchOptions.Parse(["--listen", "0.0.0.0"]), Proxy, Keys);
        ListenRules.Check(LaunchOptions.Parse(["--listen-intake", "0.0.0.0"]), new(), Keys);
        ListenRules.Check(LaunchOptions.Parse(["--listen", "0.0.0.0", "--listen-intake", "127.0.0.1"]), Proxy, new());
        Assert.Throws<ArgumentException>(() => ListenRules.Check(LaunchOptions.Parse(["--listen", "0.0.0.0"]), new(), Keys));
        ListenRules.Check(LaunchOptions.Parse(["--listen", "0.0.0.0"]), Issuer, new());
        Assert.Throws<ArgumentException>(() => ListenRules.Check(LaunchOptions.Parse(["--listen-intake", "0.0.0.0"]), new(), new()));
        Assert.Throws<ArgumentException>(() =>
            ListenRules.Check(LaunchOptions.Parse(["--port", "6000", "--listen-intake", "0.0.0.0"]), Proxy, Keys)
        );
    }

    [Fact]
    public void The_start_says_what_is_open_to_whom() =>
        Assert.Equal(
            [
                "Open: http://127.0.0.1:5080 (pages, API and telemetry) to people who sign in at id.example, and programs with a key.",
                "Open: http://192.0.2.1:5080 (pages, API and telemetry) to people who sign in at id.example, and programs with a key.",
                "Open: http://127.0.0.1:4318 (telemetry by OTLP/HTTP and Zipkin, changes) to every user of this machine, without a log-in.",
                "Open: http://192.0.2.1:4318 (telemetry by OTLP/HTTP and Zipkin, changes) to senders with a key (collector, those made here).",
                "Open: 127.0.0.1:4317 (telemetry by OTLP/gRPC) to every user of this machine, without a log-in.",
                "Open: 192.0.2.1:4317 (telemetry by OTLP/gRPC) to senders with a key (collector, those made here).",
            ],
            ListenRules.Describe(LaunchOptions.Parse(["--listen", "192.0.2.1"]), Issuer, Keys)
        );
}
