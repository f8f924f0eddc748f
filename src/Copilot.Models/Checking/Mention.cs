using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>A piece of a sentence that claims something or says what the claims are about.</summary>
internal sealed record Mention
{
    public required MentionKind Kind { get; init; }

    public required int At { get; init; }

    public required string Text { get; init; }

    public int End => At + Text.Length;

    /// <summary>What it may be the name of: the kind of name and the name as results have it.</summary>
    public IReadOnlyList<(string Kind, string Name)> Names { get; init; } = [];

    /// <summary>What a number may say, the likeliest first.</summary>
    public IReadOnlyList<SaidNumber> Numbers { get; init; } = [];

    public Hedge Hedge { get; init; }

    public SaidTime? Time { get; init; }

    /// <summary>How it stands by itself, whatever the sentence says of it.</summary>
    public Standing Standing { get; init; }

    /// <summary>What is shown where it is struck: of a link its label alone.</summary>
    public string? Shown { get; init; }

    /// <summary>What a sentence is about may be told from it.</summary>
    public bool IsAnchor { get; init; }

    public bool Is(string kind) => Names.Any(name => name.Kind == kind);
}

internal enum MentionKind
{
    /// <summary>Judged by itself: a link, a stranger's words, a person that nobody knows.</summary>
    Alone,
    Name,
    Number,
    Time,
}

/// <summary>How a piece of a sentence stands against the results.</summary>
internal enum Standing
{
    /// <summary>It claims nothing.</summary>
    Plain,

    /// <summary>A result shows it, or it is told as somebody's words.</summary>
    Shown,

    /// <summary>A stranger's value that is not told as one: it is marked as what it is.</summary>
    Quoted,

    /// <summary>No result shows it.</summary>
    Struck,

    /// <summary>Results show it, but of something else.</summary>
    Elsewhere,

    /// <summary>The figures say the opposite.</summary>
    Contradicted,
}

/// <summary>How exactly a number is meant.</summary>
internal enum Hedge
{
    None,

    /// <summary>"about 25 ms".</summary>
    About,

    /// <summary>"almost 1.5 s": it is a little less.</summary>
    Below,

    /// <summary>"more than 1 s": it is a little more.</summary>
    Above,

    /// <summary>"up to 26.7 %".</summary>
    UpTo,
}
