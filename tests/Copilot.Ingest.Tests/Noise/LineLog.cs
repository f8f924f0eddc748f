using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Copilot.Ingest.Tests.Noise;

/// <summary>Keeps what is logged as warnings or worse.</summary>
internal sealed class LineLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text, Exception? Failure)> _lines = [];

    public IReadOnlyCollection<(LogLevel Level, string Text, Exception? Failure)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
        // Holds nothing.
    }

    private sealed class Logger(LineLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                log._lines.Enqueue((logLevel, formatter(state, exception), exception));
        }
    }
}
