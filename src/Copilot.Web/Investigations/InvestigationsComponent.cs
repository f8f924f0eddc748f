using Copilot.Diagnosis.Investigations;
using Copilot.Web.Display;
using Copilot.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Copilot.Web.Investigations;

/// <summary>A part of a page that shows what was found, and reads again whenever that changes.</summary>
public abstract class InvestigationsComponent : ComponentBase, IDisposable
{
    private Refresh? _refresh;

    [Inject]
    protected InvestigationRepository Board { get; set; } = null!;

    [Inject]
    protected BrowserBridge Browser { get; set; } = null!;

    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    /// <summary>The reader's clock as of the last reading.</summary>
    protected LocalTime Clock { get; private set; } = LocalTime.Utc(DateTimeOffset.UnixEpoch);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (_refresh is null)
            return;
        Board.Changed -= _refresh.Request;
        _refresh.Dispose();
    }

    protected override void OnInitialized()
    {
        _refresh = new Refresh(Time, () => InvokeAsync(ReadAndDrawAsync));
        Board.Changed += _refresh.Request;
    }

    protected override Task OnParametersSetAsync() => ReadAndDrawAsync();

    protected abstract Task ReadAsync();

    private async Task ReadAndDrawAsync()
    {
        Clock = new LocalTime(await Browser.TimeZoneAsync(), Time.GetUtcNow());
        await ReadAsync();
        StateHasChanged();
    }
}
