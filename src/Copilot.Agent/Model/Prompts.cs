namespace Copilot.Agent.Model;

/// <summary>Every word said to a model, from <c>prompts/*.md</c>.</summary>
internal static class Prompts
{
    public static string Investigate(string now, string zone, string conversation) => Read("investigate")
        .Replace("{{now}}", now, StringComparison.Ordinal)
        .Replace("{{zone}}", zone, StringComparison.Ordinal)
        .Replace("{{conversation}}", conversation, StringComparison.Ordinal);

    public static string Final { get; } = Read("final");

    public static string Check { get; } = Read("check");

    private static string Read(string name)
    {
        using var stream = typeof(Prompts).Assembly.GetManifestResourceStream($"prompts/{name}.md")
            ?? throw new InvalidOperationException($"The prompt {name}.md is not part of this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
