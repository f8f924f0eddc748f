using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Subjects;

/// <summary>Reads what a question is about.</summary>
internal static class SubjectReader
{
    public static Subject Read(Sentence sentence)
    {
        var (services, ambiguous) = ServiceReader.Read(sentence, out var without);
        var conditions = new ConditionReader(sentence, services).Read();
        return new Subject
        {
            Services = services,
            Ambiguous = ambiguous,
            Conditions = without.Count == 0 ? conditions
                : [.. conditions, new AttributeCondition(AttributeScope.Resource, "service.name", ConditionOperator.NotEqual, without, ConditionValueType.Text, true, string.Join(", ", without))],
            Operations = OperationReader.Read(sentence, services, conditions),
            Attributes = AttributeReader.Read(sentence, services),
            Teams = Named(sentence, LinkKind.Team),
            People = Named(sentence, LinkKind.Person),
        };
    }

    private static List<string> Named(Sentence sentence, LinkKind kind)
    {
        var named = new List<string>();
        foreach (var link in sentence.LinksOf(kind))
        {
            sentence.Use(link.Start, link.End);
            named.Add(link.Targets[0].Name);
        }

        return named;
    }
}
