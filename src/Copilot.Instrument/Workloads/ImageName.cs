namespace Copilot.Instrument.Workloads;

/// <summary>An image's name in its parts. <c>docker.io/library/redis:7-alpine</c> and <c>redis:7-alpine</c> are the same.</summary>
public sealed record ImageName(string Text, string Registry, IReadOnlyList<string> Path, string? Tag)
{
    /// <summary>The last part of the path, which names what is in the image.</summary>
    public string Last => Path[^1];

    /// <summary>Whether the image is musl's, as far as its name says so.</summary>
    public bool IsMusl => Tag is not null && Tag.Split('-', '.', '_').Any(part => part.StartsWith("alpine", StringComparison.Ordinal));

    /// <summary>Null where the text is no name of an image: empty, or a variable that nobody filled in.</summary>
    public static ImageName? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var name = text.Trim();
        var digest = name.IndexOf('@', StringComparison.Ordinal);
        if (digest >= 0)
            name = name[..digest];
        string? tag = null;
        var colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/'))
            (name, tag) = (name[..colon], name[(colon + 1)..]);
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
            return null;
        var registry = "";
        if (parts.Length > 1 && (parts[0].Contains('.') || parts[0].Contains(':') || parts[0] == "localhost"))
            (registry, parts) = (parts[0], parts[1..]);
        if (registry is "docker.io" or "index.docker.io" or "registry-1.docker.io")
            registry = "";
        if (registry.Length == 0 && parts is ["library", _])
            parts = parts[1..];
        return new ImageName(
            text.Trim(),
            registry,
            [.. parts.Select(part => part.ToLowerInvariant())],
            string.IsNullOrEmpty(tag) ? null : tag
        );
    }

    public override string ToString() => Text;
}
