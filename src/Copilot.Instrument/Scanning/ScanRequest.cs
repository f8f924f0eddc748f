namespace Copilot.Instrument.Scanning;

/// <summary>What is scanned, and what the person says that no file does.</summary>
public sealed record ScanRequest
{
    /// <summary>Folders or files.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Files of variables for Compose, beside the <c>.env</c> of each folder.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    /// <summary>Languages by workload name, for what cannot be told.</summary>
    public IReadOnlyDictionary<string, RuntimeLanguage> Told { get; init; } = new Dictionary<string, RuntimeLanguage>();

    /// <summary>How far it is: files done, files in all.</summary>
    public Action<int, int>? Progress { get; init; }
}
