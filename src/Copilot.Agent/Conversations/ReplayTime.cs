namespace Copilot.Agent.Conversations;

/// <summary>What "now" is when a conversation is asked once more.</summary>
public enum ReplayTime
{
    /// <summary>What it was then: the same windows.</summary>
    Same,

    /// <summary>The present: the same questions about what is going on now.</summary>
    Now,
}
