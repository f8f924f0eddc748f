namespace Copilot.Incidents.Catalog;

/// <summary>What a file is read as; decided by its name and, for JSON, by what it holds.</summary>
public enum CatalogFileKind
{
    Backstage,
    CodeOwners,
    OnCall,
    Runbook,
}
