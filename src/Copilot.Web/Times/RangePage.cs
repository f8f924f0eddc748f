using Copilot.Web.Display;
using Copilot.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Copilot.Web.Times;

/// <summary>A page about a stretch of time, which stands in its address; it reads again by itself where the reader wants that.</summary>
public abstract class RangePage : ComponentBase, IDisposable
{
    private ITimer? _timer;
    private int _every;
    private string? _read;
    private bool _reading;

    [Inject]
    protected BrowserBridge Browser { get; set; } = null!;

    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "last")]
    public string? LastWord { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? FromWord { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? ToWord { get; set; }

    /// <summary>Seconds between two readings; none where it is not said.</summary>
    [SupplyParameterFromQuery(Name = "refresh")]
    public int? Every { get; set; }

    protected TimeRange Range { get; private set; } = TimeRange.Of(null, null, null, DateTimeOffset.UnixEpoch.AddDays(1));

    protected LocalTime Clock { get; private set; } = LocalTime.Utc(DateTimeOffset.UnixEpoch);

    /// <summary>What else of the address decides what is read.</summary>
    protected abstract string Subject { get; }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _timer?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var every = Every is >= 5 and <= 3600 ? Every.Value : 0;
        if (every != _every)
        {
            _timer?.Dispose();
            _every = every;
            _timer =
                every == 0
                    ? null
                    : Time.CreateTimer(_ => _ = InvokeAsync(ReadNowAsync), null, TimeSpan.FromSeconds(every), TimeSpan.FromSeconds(every));
        }

        var wanted = $"{LastWord}\n{FromWord}\n{ToWord}\n{Subject}";
        if (wanted == _read)
            return;
        _read = wanted;
        await ReadNowAsync();
    }

    /// <summary>Reads what the page shows of <see cref="Range"/>.</summary>
    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    /// <summary>Once more, with the time of day as it is by now.</summary>
    protected async Task ReadNowAsync()
    {
        if (_reading)
            return;
        _reading = true;
        try
        {
            var now = Time.GetUtcNow();
            Clock = new LocalTime(await Browser.TimeZoneAsync(), now);
            Range = TimeRange.Of(LastWord, FromWord, ToWord, now);
            await ReadAsync(CancellationToken.None);
            StateHasChanged();
        }
        finally
        {
            _reading = false;
        }
    }
}
