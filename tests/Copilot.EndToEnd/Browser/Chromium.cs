using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Browser;

/// <summary>Debian's Chromium, driven by Playwright: nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>How long a page may take on a busy machine; a quick one never waits for it.</summary>
    private const float PatienceMs = 90_000;

    /// <summary>Names that lead to this machine, as a website's own may be made to.</summary>
    public IReadOnlyList<string> NamesOfThisMachine { get; init; } = [];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath =
                    Places.FirstOrDefault(File.Exists)
                    ?? throw new FileNotFoundException("No Chromium: deploy/test.sh installs Debian's package 'chromium'."),
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", .. Resolution()],
            }
        );
    }

    /// <summary>A page with a profile of its own. Whatever the page complains about fails the test that disposes it.</summary>
    public async Task<BrowserPage> OpenAsync(Uri url, ColorScheme scheme = ColorScheme.Light, string timeZone = "Europe/Berlin")
    {
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = url.ToString(),
                ColorScheme = scheme,
                TimezoneId = timeZone,
                ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
            }
        );
        context.SetDefaultTimeout(PatienceMs);
        return new BrowserPage(context, await context.NewPageAsync());
    }

    private IEnumerable<string> Resolution() =>
        NamesOfThisMachine.Count == 0
            ? []
            : ["--host-resolver-rules=" + string.Join(',', NamesOfThisMachine.Select(name => $"MAP {name} 127.0.0.1"))];

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
