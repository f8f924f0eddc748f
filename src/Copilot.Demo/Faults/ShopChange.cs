namespace Copilot.Demo.Faults;

/// <summary>A deploy, rollback, flag flip or configuration change, as the changes API takes it.</summary>
internal sealed record ShopChange(string Service, string Kind, string Summary, string Author, string? Version = null, string? PreviousVersion = null);
