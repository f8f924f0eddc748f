using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Doors;

/// <summary>What would be open to everybody does not start, and says in a sentence what to do.</summary>
public sealed class RefusedStartTests
{
    [Theory]
    [InlineData("SignIn__Oidc__Authority", "--listen", "0.0.0.0")]
    [InlineData("SignIn__Proxy__UserHeader", "--listen", "192.0.2.1", "--listen-intake", "127.0.0.1")]
    [InlineData("Nobody would be asked who they are", "--listen", "::", "--Ingest:Keys:a=secret")]
    [InlineData("asks the proxy now who somebody is", "--listen", "0.0.0.0", "--Hosting:SignInProxy=true")]
    [InlineData("SignIn__Admins__0 is missing", "--SignIn:Proxy:UserHeader=X-User", "--Hosting:Proxies:0=127.0.0.1")]
    [InlineData("over https alone", "--SignIn:Oidc:Authority=http://id.example", "--SignIn:Oidc:ClientId=a", "--SignIn:Admins:0=b")]
    [InlineData("Ingest__Keys__NAME", "--listen-intake", "0.0.0.0", "--Ingest:Keys:a=")]
    [InlineData("--port", "--listen", "0.0.0.0", "--port", "5999", "--Ingest:Keys:a=secret")]
    [InlineData("--listen takes an IP address", "--listen", "everywhere")]
    [InlineData("did you mean --empty?", "--emtpy")]
    [InlineData("There is no option shop", "shop")]
    [InlineData("did you mean Retention__HotWindow?", "--Retention:HotWindw=2h")]
    [InlineData("Retention__HotWindow (on the command line): '2 fortnights' is not allowed", "--Retention__HotWindow", "2 fortnights")]
    public async Task An_open_door_is_refused_before_anything_else(string said, params string[] arguments)
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var app = ChildProcess.Start("dotnet", [Repository.App, "--data", folder, .. arguments]);
        Assert.NotEqual(0, await app.WaitAsync(TimeSpan.FromMinutes(1)));
        var output = app.Output.Trim();
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'));
        Assert.False(Directory.Exists(folder), "It had begun to make its database.");
    }
}
