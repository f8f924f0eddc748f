using Bunit;
using MudBlazor.Services;
using Xunit;

namespace Copilot.Web.Tests.Display;

/// <summary>A test that draws components without a browser. What scripts would do is not simulated: calls to them answer with
/// nothing.</summary>
public abstract class ComponentTest : BunitContext, IAsyncLifetime
{
    protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    // Some of MudBlazor's services can only be disposed of asynchronously.
    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();
}
