using Copilot.Store.Instrumentation;

namespace Copilot.Instrument.Propagation;

/// <summary>How well what was called fits what was served.</summary>
internal enum RouteFit
{
    /// <summary>Another method, path, procedure or queue.</summary>
    No,

    /// <summary>Neither says enough.</summary>
    Unknown,

    /// <summary>The served path is the end of the called one: something between them took the front away.</summary>
    Shortened,

    /// <summary>The same.</summary>
    Same,
}

/// <summary>Compares a call with a request by method, path and route, by procedure, or by queue.</summary>
internal static class RouteFits
{
    private static readonly char[] Slash = ['/'];

    /// <summary>Longer parts of a path are ids.</summary>
    private const int LongestWord = 30;

    public static RouteFit Of(CallSide call, CallSide request)
    {
        if (call.IsDatabase)
            return RouteFit.No;
        if (call.RpcMethod is not null || request.RpcMethod is not null)
            return Same(call.RpcMethod, request.RpcMethod) && Same(call.RpcService, request.RpcService) ? RouteFit.Same : RouteFit.No;
        if (call.Method is null || request.Method is null || !Same(call.Method, request.Method))
            return RouteFit.No;
        if (call.Path is not { Length: > 0 } path || (request.Route ?? request.Path) is not { Length: > 0 } served)
            return RouteFit.Unknown;
        var (called, template) = (Parts(path), Parts(served));
        if (template.Length == 0 ? called.Length == 0 : Matches(called, template))
            return IsCatchAll(template) ? RouteFit.Unknown : RouteFit.Same;
        // One part alone ("/health", "/:id") ends many paths.
        return
            template.Length > 1 && !IsCatchAll(template) && called.Length > template.Length && Matches(called[^template.Length..], template)
            ? RouteFit.Shortened
            : RouteFit.No;
    }

    /// <summary>A path as its route might be written: parts that look like ids are holes.</summary>
    public static string? Template(string? path) =>
        path is not { Length: > 0 } ? null : "/" + string.Join('/', Parts(path).Select(part => IsId(part) ? "{}" : part));

    /// <summary>The last part that does not vary: what a call and its request have in common whatever was taken from the front.</summary>
    public static string? LastWord(string? template) =>
        template is null ? null : Parts(template).LastOrDefault(part => !IsHole(part) && !IsOpen(part))?.ToLowerInvariant();

    private static bool IsId(string part) => part.Length > LongestWord || (part.Any(char.IsAsciiDigit) && !IsVersion(part));

    /// <summary>"v1" is a part of a route.</summary>
    private static bool IsVersion(string part) => part[0] is 'v' or 'V' && part.Length <= 3;

    private static bool Matches(string[] called, string[] template)
    {
        var open = template.Length > 0 && IsOpen(template[^1]);
        if (open ? called.Length < template.Length - 1 : called.Length != template.Length)
            return false;
        for (var i = 0; i < template.Length - (open ? 1 : 0); i++)
        {
            if (!IsHole(template[i]) && !Same(template[i], called[i]))
                return false;
        }

        return true;
    }

    private static bool IsCatchAll(string[] template) => template.Length > 0 && template.All(part => IsHole(part) || IsOpen(part));

    /// <summary>":id", "{id}", "&lt;int:id&gt;", "[id]", "*": what frameworks write for a part that varies.</summary>
    private static bool IsHole(string part) =>
        part[0] == ':' || part == "*" || (part[0] is '{' or '<' or '[' or '(' && part[^1] is '}' or '>' or ']' or ')' or '?');

    private static bool IsOpen(string part) =>
        part is "**" or "*"
        || part.StartsWith("{*", StringComparison.Ordinal)
        || part.StartsWith("[...", StringComparison.Ordinal)
        || part.EndsWith("+}", StringComparison.Ordinal)
        || part.EndsWith("*}", StringComparison.Ordinal)
        || part.EndsWith('*');

    private static string[] Parts(string path) => path.Split(Slash, StringSplitOptions.RemoveEmptyEntries);

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
