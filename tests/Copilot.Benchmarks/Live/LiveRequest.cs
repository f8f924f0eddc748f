namespace Copilot.Benchmarks.Live;

/// <summary>What <c>live</c> is asked to do.</summary>
internal sealed record LiveRequest
{
    /// <summary>The built app, <c>Copilot.Web.dll</c>.</summary>
    public required string App { get; init; }

    public required int Services { get; init; }

    /// <summary>Spans in the store before it begins, over <see cref="Hours"/>.</summary>
    public required int Spans { get; init; }

    public required int Hours { get; init; }

    /// <summary>Spans that come in a second meanwhile.</summary>
    public required int Rate { get; init; }

    /// <summary>People who ask, each as soon as they have read the answer before (<see cref="Pause"/>).</summary>
    public required int Users { get; init; }

    /// <summary>Between an answer and the next question of the same person.</summary>
    public required TimeSpan Pause { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Between one new thing and the next: a value, an operation, a service, a deploy.</summary>
    public required TimeSpan NewEvery { get; init; }

    public required string? Folder { get; init; }

    public required bool Keep { get; init; }

    public required string? JsonFile { get; init; }
}
