namespace Copilot.Agent.Model;

/// <summary>What a provider asks for a million tokens of a model; an entry of <c>Model:Prices</c>.</summary>
public sealed record ModelPrice
{
    /// <summary>As <c>Model:Name</c> has it.</summary>
    public required string Model { get; init; }

    public required decimal Input { get; init; }

    public required decimal Output { get; init; }
}
