using System.Globalization;
using Copilot.EndToEnd.App;
using Copilot.EndToEnd.Browser;
using Xunit;

namespace Copilot.EndToEnd.Doors;

/// <summary>The app as somebody runs it on their own machine, and the browser in which they have other websites open.</summary>
public sealed class OwnMachineFixture : IAsyncLifetime
{
    private RunningApp? _app;

    public Chromium Chromium { get; } = new() { NamesOfThisMachine = ["attacker.test", "rebound.test"] };

    /// <summary>A port that the settings of ASP.NET open beside the app's own.</summary>
    public int Undeclared { get; } = FreePorts.Take();

    internal RunningApp App => _app ?? throw new InvalidOperationException("It is not running yet.");

    public async Task InitializeAsync()
    {
        await Chromium.InitializeAsync();
        _app = await RunningApp.StartAsync(
            settings:
            [
                .. Route.WithSlack,
                string.Create(CultureInfo.InvariantCulture, $"--Kestrel:Endpoints:Back:Url=http://127.0.0.1:{Undeclared}"),
            ]
        );
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
