using Xunit;

// Browsers and starting apps wait more than they work: two classes side by side take turns at it.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Copilot.EndToEnd;

/// <summary>What builds in the repository, or needs the machine to itself: after all others, one class at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "one at a time";
}
