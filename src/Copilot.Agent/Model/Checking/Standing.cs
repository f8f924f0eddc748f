namespace Copilot.Agent.Model.Checking;

/// <summary>How a piece of a sentence stands against the results.</summary>
internal enum Standing
{
    /// <summary>It claims nothing.</summary>
    Plain,

    /// <summary>A result shows it, or it is told as somebody's words.</summary>
    Shown,

    /// <summary>A stranger's value that is not told as one: it is marked as what it is.</summary>
    Quoted,

    /// <summary>No result shows it.</summary>
    Struck,
}
