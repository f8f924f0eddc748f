namespace Copilot.Web.Hosting;

/// <summary>Configuration section "Hosting": what stands before the app.</summary>
public sealed record HostingOptions
{
    /// <summary>Says that whoever reaches the browser's port from elsewhere has come through a proxy that made them sign in.</summary>
    public bool SignInProxy { get; init; }

    /// <summary>Further names under which the app is asked for, as <c>name</c> or <c>name:port</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
