using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Subjects;

/// <summary>What a question is about: services, operations, conditions, and attributes that it names without a value.</summary>
internal sealed record Subject
{
    public IReadOnlyList<ServiceReference> Services { get; init; } = [];

    public IReadOnlyList<OperationReference> Operations { get; init; } = [];

    public IReadOnlyList<AttributeCondition> Conditions { get; init; } = [];

    /// <summary>Attributes named to group by, each with its likeliest key first.</summary>
    public IReadOnlyList<NamedAttribute> Attributes { get; init; } = [];

    /// <summary>Names that may mean several services, with the choices.</summary>
    public IReadOnlyList<(string Words, IReadOnlyList<string> Choices)> Ambiguous { get; init; } = [];

    public IReadOnlyList<string> Teams { get; init; } = [];

    public IReadOnlyList<string> People { get; init; } = [];
}
