using Copilot.Store.Instrumentation;

namespace Copilot.Instrument.Propagation;

/// <summary>Two services between which the context is lost, before it is said why.</summary>
/// <param name="Operation">What is called, for people.</param>
/// <param name="Address">What the calls are sent to.</param>
/// <param name="Named">The address, or what answers it, names the callee.</param>
/// <param name="Calls">All calls that fit.</param>
/// <param name="Requests">All requests that fit.</param>
/// <param name="Match">Null where time says nothing and the numbers of both sides do.</param>
internal sealed record BrokenPair(
    string Caller,
    string Callee,
    string Operation,
    string? Address,
    bool Named,
    bool Messages,
    RouteFit Fit,
    IReadOnlyList<CallSide> Calls,
    IReadOnlyList<CallSide> Requests,
    TimeMatch? Match
)
{
    public bool Within => Caller == Callee;

    /// <summary>Of two that explain the same requests, the one that more speaks for.</summary>
    public double Weight => (Named ? 1 : 0) + (Match?.Share ?? 0);

    public static string OperationOf(CallSide request) =>
        request.RpcMethod is { } method ? $"{request.RpcService}/{method}"
        : request.Method is { } verb ? $"{verb} {request.Route ?? request.Path ?? request.Operation}"
        : request.Destination ?? request.Operation;
}
