namespace Copilot.Models.Providers;

/// <summary>Which model is configured, for people to see. Never its key.</summary>
/// <param name="Provider">openai, azure, anthropic or compatible; empty: no model.</param>
/// <param name="Name">The model's, at Azure the deployment's.</param>
/// <param name="Address">Scheme and host that questions are sent to; null where the provider's own is used.</param>
/// <param name="Identity">How the provider knows who asks: "key", "Entra ID" or "none".</param>
/// <param name="Price">What a question's cost is counted by; null where it is not known.</param>
/// <param name="IsDefault">The model answers where a question does not choose its engine.</param>
public sealed record ModelStatus(
    string Provider,
    string Name,
    string? Address,
    string Identity,
    bool IsDefault,
    ModelLimits Limits,
    ModelPrice? Price,
    string Currency
)
{
    public bool IsConfigured => Provider.Length > 0 && Name.Length > 0;

    internal static ModelStatus Of(ModelOptions options) =>
        new(
            options.Provider.ToLowerInvariant(),
            options.Name,
            Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var address)
                ? address.GetLeftPart(UriPartial.Authority).Replace(address.UserInfo + "@", string.Empty, StringComparison.Ordinal)
                : null,
            options.ApiKey is { Length: > 0 } ? "key"
                : options.Provider.Equals("azure", StringComparison.OrdinalIgnoreCase) ? "Entra ID"
                : "none",
            options is { Default: true, IsConfigured: true },
            options.Limits,
            options.Price,
            options.Currency
        );
}
