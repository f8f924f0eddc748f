namespace Copilot.Web.Queries;

/// <summary>A query to begin with.</summary>
/// <param name="Title">What it asks, in words.</param>
public sealed record QueryExample(string Title, string Query);
