namespace Copilot.Language.Questions;

/// <summary>A service that the question names.</summary>
/// <param name="Name">Its name in telemetry; for a peer, the catalogue's name or the address; for an unknown one, the word as
/// typed.</param>
/// <param name="Standing">Whether it sends spans, is only called, or is not known at all.</param>
/// <param name="Words">The words of the question that named it, or "conversation".</param>
public sealed record ServiceReference(string Name, ServiceStanding Standing, string Words);

/// <summary>How well a named service is known.</summary>
public enum ServiceStanding
{
    /// <summary>It sends spans.</summary>
    Instrumented,

    /// <summary>It is called, or stands in the catalogue, but sends no spans: its own measures are no_data.</summary>
    Peer,

    /// <summary>Nothing known has this name: the answer is no_data and says the word.</summary>
    Unknown,
}

/// <summary>A span name that the question names, and the services that have it.</summary>
/// <param name="Name">Exactly as in telemetry.</param>
/// <param name="Services">The services with an entry span of this name; never empty.</param>
public sealed record OperationReference(string Name, IReadOnlyList<string> Services, string Words);
