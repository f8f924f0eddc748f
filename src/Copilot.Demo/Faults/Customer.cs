namespace Copilot.Demo.Faults;

/// <summary>Who makes a request.</summary>
internal readonly record struct Customer(string Currency, string Country, string SearchTerms);
