namespace Copilot.Models.Tests.Doubles;

/// <summary>One round that the double answers with: calls, or words.</summary>
public sealed record ChatRound
{
    public int Status { get; init; } = 200;

    /// <summary>Where a redirect points to.</summary>
    public string? Location { get; init; }

    public string Text { get; init; } = string.Empty;

    public IReadOnlyList<(string Name, string Arguments)> Calls { get; init; } = [];

    /// <summary>The stream ends without its end.</summary>
    public bool Torn { get; init; }

    /// <summary>The model declines: a stop that says so, as the protocol has it.</summary>
    public bool Refused { get; init; }

    /// <summary>The answer was cut at the limit of its tokens.</summary>
    public bool Cut { get; init; }

    /// <summary>An error event in the middle of the stream, where the protocol has one.</summary>
    public bool Overloaded { get; init; }

    public int InputTokens { get; init; } = 100;

    public int OutputTokens { get; init; } = 20;

    /// <summary>The headers come, and then nothing until the client leaves.</summary>
    public bool Silent { get; init; }

    public static ChatRound Says(string text) => new() { Text = text };

    public static ChatRound Call(string name, string arguments) => new() { Calls = [(name, arguments)] };

    public static ChatRound Fails(int status) => new() { Status = status };
}
