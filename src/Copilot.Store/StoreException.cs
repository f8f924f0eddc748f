namespace Copilot.Store;

/// <summary>The store cannot be had, said for people: what was wrong, where, and what to do.</summary>
public sealed class StoreException : Exception
{
    public StoreException(string message)
        : base(message) { }

    public StoreException(string message, Exception inner)
        : base(message, inner) { }
}
