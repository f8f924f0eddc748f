using Copilot.EndToEnd.App;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Browser;

/// <summary>One page, and what its scripts complained about.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public BrowserPage(IBrowserContext context, IPage page)
    {
        this._context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
                _complaints.Add(line.Text);
        };
    }

    public IPage Page { get; }

    public ILocator Question => Page.GetByLabel("Your question");

    /// <summary>Types a question, sends it with Enter, and waits until its answer is whole.</summary>
    public async Task<ILocator> AskAsync(string question)
    {
        await Question.FillAsync(question);
        await Question.PressAsync("Enter");
        var turn = Page.GetByRole(AriaRole.Article, new() { Name = $"Question: {question}" }).Last;
        await turn.WaitForAsync();
        await Page.Locator("[role=status]", new() { HasTextRegex = new("^Answer: ") })
            .First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return turn;
    }

    public Task<byte[]> ShootAsync(string name) =>
        Page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Path = Path.Combine(Repository.Screenshots, name + ".png"),
                Animations = ScreenshotAnimations.Disabled,
            }
        );

    /// <summary>Pictures at the sizes of a desk and a phone, in both themes, each looked at for accessibility.</summary>
    public async Task LookAtAsync(string name)
    {
        foreach (var (width, height) in ((int, int)[])[(390, 844), (1440, 900)])
        {
            await Page.SetViewportSizeAsync(width, height);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
            {
                await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                await ShootAsync($"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
                await Accessibility.AssertReadableAsync(Page);
                await Accessibility.AssertFitsAsync(Page);
            }
        }
    }

    public void AssertNoComplaints() => Assert.Empty(_complaints);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
