namespace Copilot.Ingest.Monitoring;

/// <summary>What has come in of one signal since the app started.</summary>
/// <param name="Requests">Export requests whose body was read.</param>
/// <param name="Bytes">Their bytes, after decompression.</param>
/// <param name="Received">Items (spans, log records, metric points) that were written or counted.</param>
/// <param name="Stored">Of those, the ones stored.</param>
/// <param name="Duplicates">Of those, the ones that were stored before.</param>
/// <param name="Shed">Of those, the ones only counted, because the store could not keep up.</param>
/// <param name="Rejected">Items that break the protocol's rules.</param>
/// <param name="PerSecond">Items received a second, over the last minute.</param>
/// <param name="ShedPerSecond">Items only counted a second, over the last minute.</param>
public sealed record SignalStatus(
    long Requests,
    long Bytes,
    long Received,
    long Stored,
    long Duplicates,
    long Shed,
    long Rejected,
    double PerSecond,
    double ShedPerSecond
);
