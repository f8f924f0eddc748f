namespace Copilot.Agent.Tools;

/// <summary>Who wrote a text that a tool gives back.</summary>
internal enum Author
{
    /// <summary>Anyone who may send telemetry or hand in a file. What nobody vouches for is a stranger's, so a tool cannot forget to say so.</summary>
    Stranger,

    /// <summary>This code: what it reckoned, and names, ids and times that its typed reads have in fields of their own.</summary>
    Computed,

    /// <summary>The catalogue of teams and people.</summary>
    Catalogue,
}
