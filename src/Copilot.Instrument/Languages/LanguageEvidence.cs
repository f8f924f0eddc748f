namespace Copilot.Instrument.Languages;

/// <summary>One thing that a manifest or source says of a language.</summary>
/// <param name="Says">What was seen and where, for people.</param>
public sealed record LanguageEvidence(RuntimeLanguage Language, EvidenceRank Rank, string Says);

/// <summary>How much a sign counts; one of a higher rank overrules those below, and among equals a contradiction means unknown.</summary>
public enum EvidenceRank
{
    /// <summary>A word in a name, a port: what somebody chose to call things.</summary>
    Name,

    /// <summary>Something beside the process: a check that runs an interpreter, a mount, a build argument.</summary>
    Beside,

    /// <summary>A setting that only one runtime reads.</summary>
    Setting,

    /// <summary>What the sources build.</summary>
    Source,

    /// <summary>The program that is started, or the image that holds one runtime.</summary>
    Program,

    /// <summary>What a person said.</summary>
    Told,
}

/// <summary>The judgement on one container.</summary>
public sealed record LanguageVerdict
{
    public required RuntimeLanguage Language { get; init; }

    /// <summary>For off-the-shelf software, what it is: "database".</summary>
    public string? Sort { get; init; }

    /// <summary>What speaks for the language, or, where it is unknown, why it cannot be told.</summary>
    public required IReadOnlyList<LanguageEvidence> Evidence { get; init; }

    public required string Why { get; init; }

    /// <summary>Whether the container runs on musl; null where that cannot be told.</summary>
    public bool? IsMusl { get; init; }

    /// <summary>The absolute path of the program that is started; null where it is not known.</summary>
    public string? Executable { get; init; }
}
