using System.Globalization;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Commands;

/// <summary>A question that would cost more than the budget, or did; the message begins with "Too expensive" and says how to narrow
/// it.</summary>
public sealed class QueryTooExpensiveException : Exception
{
    public QueryTooExpensiveException(string why, Exception? inner = null)
        : base("Too expensive: " + why, inner) { }

    /// <summary>Refuses a window that is longer than anything is answered for.</summary>
    /// <exception cref="QueryTooExpensiveException">It is.</exception>
    public static void CheckWindow(TimeWindow window)
    {
        if (window.ToNs - window.FromNs > QueryBudget.LongestWindow.Ticks * 100)
        {
            throw new QueryTooExpensiveException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the window is {window.Length.TotalDays:N0} days long, at most "
                        + $"{QueryBudget.LongestWindow.TotalDays:N0} days are looked into at once. Narrow it to when things "
                        + $"went wrong."
                )
            );
        }
    }

    /// <summary>
    /// What is to be told where the database stopped a statement that took too long or was too large for it; null where it failed for
    /// another reason.
    /// A statement that is late is the question's cost, and no sign that the database cannot be reached.
    /// </summary>
    public static QueryTooExpensiveException? Of(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case QueryTooExpensiveException known:
                    return known;
                case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                    return OutOfTime(failure);
                case PostgresException
                {
                    SqlState: PostgresErrorCodes.StatementTooComplex
                        or PostgresErrorCodes.TooManyColumns
                        or PostgresErrorCodes.ProgramLimitExceeded
                }:
                    return new QueryTooExpensiveException(
                        "the query is more complex than the database can run. Ask with fewer conditions at once.",
                        failure
                    );
                case PostgresException { SqlState: PostgresErrorCodes.InvalidRegularExpression }:
                    return new QueryTooExpensiveException(
                        "a regular expression is larger than the database can run. Shorten it, or ask for the texts one by one.",
                        failure
                    );
                // Npgsql's own limit ended a read; a connection that could not be made is told with other words.
                case NpgsqlException { InnerException: TimeoutException } when inner.Message == StoppedReading:
                    return OutOfTime(failure);
            }
        }

        return null;
    }

    /// <summary>Says that a question took too long.</summary>
    public static QueryTooExpensiveException OutOfTime(Exception? failure = null) =>
        new(
            "this was not answered in the time there is for one question, and was stopped. Ask for a shorter window, "
                + "name a service, or use fewer conditions.",
            failure
        );

    private const string StoppedReading = "Exception while reading from stream";
}
