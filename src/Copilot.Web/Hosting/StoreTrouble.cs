using System.Data.Common;
using System.Net.Sockets;
using Copilot.Store;
using Copilot.Store.Traceql;

namespace Copilot.Web.Hosting;

/// <summary>Tells a store that cannot be reached at the moment from a defect.</summary>
internal static class StoreTrouble
{
    public const int RetryAfterSeconds = 5;

    /// <summary>What to tell people; null where the store is not to blame. What reads through the object mapper meets the driver's own exception, wrapped or not.</summary>
    public static string? Of(Exception failure)
    {
        // What was stopped because it took too long had reached the store.
        if (QueryTooExpensiveException.Of(failure) is not null) return null;
        for (var inner = failure; inner is not null; inner = inner.InnerException!)
        {
            if (inner is StoreException known) return known.Message;
            if (inner is DbException { IsTransient: true } or DbException { InnerException: SocketException or IOException })
                return "The store cannot be reached at the moment. Ask again in a few seconds.";
        }

        return null;
    }
}
