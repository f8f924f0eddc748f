namespace Copilot.Incidents.Runbooks;

/// <summary>What a section is for, told by its heading.</summary>
public enum RunbookSectionKind
{
    Other,
    When,
    Check,
    Act,
    Tell,
}
