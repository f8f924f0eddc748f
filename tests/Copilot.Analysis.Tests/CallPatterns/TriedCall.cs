namespace Copilot.Analysis.Tests.CallPatterns;

/// <summary>One call: how long it lasts, how long its callee works (0: it sends nothing), and how long the caller waited before.</summary>
internal sealed record TriedCall(
    double Ms,
    double CalleeMs,
    bool Fails = false,
    bool CalleeFails = false,
    double AfterMs = 1,
    bool IsResent = false
);
