namespace Copilot.Demo.Shop;

/// <summary>One thing that an operation does on its way, in order.</summary>
internal abstract record Step
{
    /// <summary>How often it happens: 1 is always.</summary>
    public double Share { get; init; } = 1;
}

/// <summary>The service's own work.</summary>
internal sealed record Work(double Milliseconds) : Step;

/// <summary>A call to another service of the shop.</summary>
internal sealed record Call(string Service, string Operation) : Step;

/// <summary>A statement sent to a database or cache, which sends no spans of its own.</summary>
internal sealed record Query(string System, string Address, string Statement, double Milliseconds) : Step;

/// <summary>A call to somebody else's API, which sends no spans either.</summary>
internal sealed record ThirdParty(string Host, string Method, string Path, double Milliseconds) : Step;

/// <summary>A message left in a queue; its consumer starts a trace of its own, linked to this one.</summary>
internal sealed record Publish(string Queue, string Consumer, string Operation) : Step;
