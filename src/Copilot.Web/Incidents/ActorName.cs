using Copilot.Web.SignIn;
using MudBlazor;

namespace Copilot.Web.Incidents;

/// <summary>Who acts: whoever signed in, else asked once, before the first act of this browser, so that no timeline says "someone". One a
/// circuit.</summary>
public sealed class ActorName(Shell.BrowserBridge browser, IDialogService dialogs, Visitor visitor)
{
    public const int Longest = 80;

    /// <summary>Null where the reader does not say it: then nothing is done.</summary>
    public async Task<string?> AskAsync()
    {
        if (await visitor.NameAsync() is { } signedIn)
            return signedIn;
        var known = (await browser.NameAsync()).Trim();
        return known.Length > 0 ? known : await ChangeAsync();
    }

    /// <summary>Asks whether it is known or not.</summary>
    public async Task<string?> ChangeAsync()
    {
        // Whoever signed in is called what they signed in as.
        if (await visitor.NameAsync() is { } signedIn)
            return signedIn;
        var dialog = await dialogs.ShowAsync<NameDialog>(
            "What shall your colleagues call you?",
            new DialogOptions
            {
                MaxWidth = MaxWidth.ExtraSmall,
                FullWidth = true,
                CloseOnEscapeKey = true,
            }
        );
        return await dialog.Result is { Canceled: false, Data: string given } ? given : null;
    }
}
