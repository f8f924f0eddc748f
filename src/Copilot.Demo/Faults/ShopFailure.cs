namespace Copilot.Demo.Faults;

/// <summary>An exception that a pretend service throws: its type and message, as a real one would record them.</summary>
internal sealed record ShopFailure(string ExceptionType, string Message);
