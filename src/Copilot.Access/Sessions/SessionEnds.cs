namespace Copilot.Access.Sessions;

/// <summary>Tells the open pages of this instance that a session has ended; those of others find out when they look next.</summary>
public sealed class SessionEnds
{
    public event Action<string>? Ended;

    internal void Tell(string session) => Ended?.Invoke(session);
}
