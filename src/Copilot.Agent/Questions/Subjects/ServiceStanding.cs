namespace Copilot.Agent.Questions.Subjects;

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
