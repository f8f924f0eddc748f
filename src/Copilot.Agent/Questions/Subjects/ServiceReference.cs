namespace Copilot.Agent.Questions.Subjects;

/// <summary>A service that the question names.</summary>
/// <param name="Name">Its name in telemetry; for a peer, the catalogue's name or the address; for an unknown one, the word as typed.</param>
/// <param name="Standing">Whether it sends spans, is only called, or is not known at all.</param>
/// <param name="Words">The words of the question that named it, or "conversation".</param>
public sealed record ServiceReference(string Name, ServiceStanding Standing, string Words);
