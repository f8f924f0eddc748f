namespace Copilot.Analysis.Signals;

/// <summary>What kind of observation makes a place suspicious.</summary>
public enum SignalKind
{
    /// <summary>Requests fail, and nothing that they called failed.</summary>
    Errors,

    /// <summary>The service itself takes longer.</summary>
    OwnTime,

    /// <summary>Time passes between a caller and its callee.</summary>
    Gap,

    /// <summary>Messages wait longer before somebody takes them.</summary>
    Queue,

    /// <summary>Requests take another course: steps vanish, stop short, or new ones appear.</summary>
    Flow,

    /// <summary>Calls arrive nowhere: the callee sends nothing.</summary>
    Silence,

    /// <summary>A caller gives up calls that are answered as fast as ever.</summary>
    Timeouts,

    /// <summary>Calls are made again because they came to nothing.</summary>
    Retries,

    /// <summary>Time passes right before calls, as when connections or threads have run out.</summary>
    PoolWait,

    /// <summary>Error messages of no trace are new or more than before.</summary>
    Messages,

    /// <summary>A pod or host is short of something.</summary>
    Resource,

    /// <summary>A pod or host reports that something waits in line, runs out of time or is held back.</summary>
    Saturation,
}
