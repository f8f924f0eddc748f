namespace Copilot.Web.Queries;

/// <summary>The body of a request for a translation.</summary>
/// <param name="Words">What is wanted, in plain words.</param>
public sealed record TranslateBody(string? Words);
