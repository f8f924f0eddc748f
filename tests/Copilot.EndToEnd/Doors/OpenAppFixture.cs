using System.Diagnostics;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Doors;

/// <summary>The app in a network of its own, open to another machine as the document says: behind a proxy, a key for senders.</summary>
public sealed class OpenAppFixture : IAsyncLifetime
{
    public const string Key = "key-of-the-test";

    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-e2e-").FullName;
    private ChildProcess? _app;

    /// <summary>By port, each from the other machine.</summary>
    public Dictionary<int, HttpClient> Clients { get; } = [];

    /// <summary>What it has written so far.</summary>
    public string Output => _app?.Output ?? "";

    public async Task InitializeAsync()
    {
        if (NetworkNamespace.Missing is not null)
            return;
        _app = ChildProcess.Start(
            "unshare",
            [
                "--net",
                "--",
                "sh",
                "-c",
                NetworkNamespace.Setup + "exec dotnet \"$@\"",
                "sh",
                Repository.App,
                "--empty",
                "--data",
                _folder,
                "--listen",
                "0.0.0.0",
                "--SignIn:Proxy:UserHeader=X-User",
                "--SignIn:Admins:0=user:ada",
                $"--Hosting:Proxies:0={NetworkNamespace.Address}",
                $"--Ingest:Keys:collector={Key}",
                .. Route.WithSlack,
            ]
        );
        foreach (var port in (int[])[5080, 4318, 4317])
        {
            var handler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, _) => await NetworkNamespace.ConnectAsync(_app.Id, port),
                AllowAutoRedirect = false,
            };
            Clients[port] = new HttpClient(handler)
            {
                BaseAddress = new Uri($"http://{NetworkNamespace.Address}:{port}"),
                Timeout = TimeSpan.FromMinutes(2),
            };
            // As the proxy before it adds it.
            Clients[port].DefaultRequestHeaders.Add("X-User", "ada");
        }

        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            Assert.False(_app.HasExited, _app.Output);
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), _app.Output);
            // Another process cannot say that it is ready; it can only be asked.
            await Task.Delay(100);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var client in Clients.Values)
            client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var health = await Clients[5080].GetAsync(new Uri("/healthz", UriKind.Relative));
            return health.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
