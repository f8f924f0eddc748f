namespace Copilot.Telemetry.Records;

/// <summary>OTLP's severityNumber of a log record, 1 to 24; 0 where none was given. From each of these on it has the name.</summary>
public static class SeverityNumber
{
    public const int Trace = 1;
    public const int Debug = 5;
    public const int Info = 9;
    public const int Warn = 13;
    public const int Error = 17;
    public const int Fatal = 21;

    /// <summary>The names with the number that each begins at, the worst first.</summary>
    public static IReadOnlyList<(int From, string Name)> Names { get; } =
    [(Fatal, "FATAL"), (Error, "ERROR"), (Warn, "WARN"), (Info, "INFO"), (Debug, "DEBUG"), (Trace, "TRACE")];

    /// <summary>Null where none was given.</summary>
    public static string? Name(int number) => Names.FirstOrDefault(name => number >= name.From).Name;
}
