using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Copilot.Web.Shell;

/// <summary>What only the browser knows or can do. One a circuit; everything answers harmlessly once the browser is gone.</summary>
public sealed class BrowserBridge(IJSRuntime runtime) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;
    private TimeZoneInfo? _zone;

    /// <summary>The browser's time zone; UTC where it names one that is not known here.</summary>
    public async Task<TimeZoneInfo> TimeZoneAsync()
    {
        if (_zone is not null)
            return _zone;
        var name = await CallAsync<string>("timeZone") ?? "UTC";
        return _zone = TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;
    }

    public async Task<string> ThemeAsync() => await CallAsync<string>("theme") ?? "light";

    public Task SetThemeAsync(string theme) => CallAsync<object>("setTheme", theme);

    /// <summary>How the reader wants to be called in timelines; empty where never said.</summary>
    public async Task<string> NameAsync() => await CallAsync<string>("name") ?? string.Empty;

    public Task SetNameAsync(string name) => CallAsync<object>("setName", name);

    /// <summary>False where the browser does not let a page copy.</summary>
    public async Task<bool> CopyAsync(string text) => await CallAsync<bool?>("copy", text) == true;

    /// <summary>Scrolls to the end where the reader is near it, or in any case.</summary>
    public Task FollowAsync(ElementReference element, bool force) => CallAsync<object>("follow", element, force);

    public Task ShrinkAsync(ElementReference textArea) => CallAsync<object>("shrink", textArea);

    public Task KeepArrowsAsync(ElementReference element) => CallAsync<object>("keepArrows", element);

    /// <summary>Scrolls so that the stretch of this height at this distance from the top is seen.</summary>
    public Task RevealAsync(ElementReference scroller, double top, double height) => CallAsync<object>("reveal", scroller, top, height);

    /// <summary>Puts the focus here where it is nowhere.</summary>
    public Task RestAsync(ElementReference element) => CallAsync<object>("rest", element);

    public Task FocusAsync(string id) => CallAsync<object>("focus", id);

    public async ValueTask DisposeAsync()
    {
        if (_module is not { IsCompletedSuccessfully: true })
            return;
        try
        {
            await (await _module).DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and with it the module.
        }
    }

    private async Task<T?> CallAsync<T>(string function, params object?[] arguments)
    {
        try
        {
            _module ??= runtime.InvokeAsync<IJSObjectReference>("import", "./js/browser.js").AsTask();
            return await (await _module).InvokeAsync<T?>(function, arguments);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            return default;
        }
    }
}
