using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Questions.Selections;

/// <summary>What is broken down and by what.</summary>
/// <param name="Population">Which requests are the bad ones.</param>
/// <param name="Attributes">The attribute that the question names, its likeliest key first ("pod": k8s.pod.name, service.instance.id); empty: find
/// what sets the bad requests apart.</param>
/// <param name="Named">The question names the attribute, so values are sorted by count.</param>
public sealed record PlannedBreakdown(BreakdownPopulation Population, IReadOnlyList<AttributeName> Attributes, bool Named);
