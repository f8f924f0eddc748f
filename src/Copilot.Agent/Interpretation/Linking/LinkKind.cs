namespace Copilot.Agent.Interpretation.Linking;

internal enum LinkKind
{
    Service,
    Operation,
    Key,
    Value,
    Team,
    Person,
}
