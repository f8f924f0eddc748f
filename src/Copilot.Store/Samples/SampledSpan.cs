namespace Copilot.Store.Samples;

/// <summary>The lean columns of one span; ids are those of the store's dictionaries.</summary>
public readonly record struct SampledSpan
{
    /// <summary>Index in <see cref="SampledTraces.TraceIds"/>.</summary>
    public required int Trace { get; init; }

    public required long Id { get; init; }

    /// <summary>0: no parent.</summary>
    public required long Parent { get; init; }

    public required long StartNs { get; init; }

    public required long DurationNs { get; init; }

    public required int Service { get; init; }

    public required int Operation { get; init; }

    public required int Resource { get; init; }

    public required byte Kind { get; init; }

    public required byte Status { get; init; }

    public required bool IsDatabase { get; init; }

    /// <summary>What a CLIENT or PRODUCER span called: <c>peer.service</c>, else <c>server.address</c> and its older names.</summary>
    public string? Peer { get; init; }

    /// <summary>An HTTP call sent again (<c>http.request.resend_count</c>, once <c>http.resend_count</c>).</summary>
    public bool IsResent { get; init; }

    public string? ErrorType { get; init; }
}
