using Copilot.Models.Providers;

namespace Copilot.Web.Configuration;

/// <summary>Whether the settings of a model fit together. Without a model everything is answered, so nothing of it keeps the app from
/// starting; but whoever set one up is told at once, and not by the first question.</summary>
internal static class ModelSettings
{
    private static readonly string[] WithAddress = ["azure", "compatible"];
    private static readonly string[] WithKey = ["openai", "anthropic"];

    /// <param name="wrong">Something of it was told already.</param>
    public static IEnumerable<string> Incomplete(IConfiguration configuration, bool wrong)
    {
        var model = Read(configuration);
        if (wrong || (model.Provider.Length == 0 && model.Name.Length == 0))
            return [];
        var missing = new List<string>();
        if (model.Provider.Length == 0)
            missing.Add("Model__Provider (openai, azure, anthropic or compatible)");
        if (model.Name.Length == 0)
            missing.Add("Model__Name");
        if (WithAddress.Contains(model.Provider) && string.IsNullOrWhiteSpace(model.BaseUrl))
            missing.Add("Model__BaseUrl");
        if (WithKey.Contains(model.Provider) && string.IsNullOrWhiteSpace(model.ApiKey))
            missing.Add("Model__ApiKey");
        return missing.Count == 0
            ? []
            : [$"A model is set up only in part: {string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} missing."];
    }

    /// <summary>Which questions a model that is set up answers; null without one.</summary>
    public static string? Told(IConfiguration configuration)
    {
        var model = Read(configuration);
        if (!model.IsConfigured)
            return null;
        return model.Default
            ? $"Model: {model.Name} ({model.Provider}) answers; where it cannot, the built-in interpreter does and says so."
            : $"Model: {model.Name} ({model.Provider}) answers the questions that ask for it; Model__Default=true lets it answer all.";
    }

    private static ModelOptions Read(IConfiguration configuration) =>
        configuration.GetSection("Model").Get<ModelOptions>() ?? new ModelOptions();
}
