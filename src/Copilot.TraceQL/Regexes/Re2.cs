using System.Diagnostics.CodeAnalysis;

namespace Copilot.TraceQL.Regexes;

/// <summary>
/// Reads RE2 expressions, the dialect of TraceQL, into neutral pieces, so that what runs them can write its own dialect
/// and what RE2 refuses (look-around, back references) is refused here too.
/// </summary>
public static class Re2
{
    public static bool TryRead(
        string pattern,
        [NotNullWhen(true)] out IReadOnlyList<RegexPart>? parts,
        [NotNullWhen(false)] out string? problem
    )
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            parts = new Re2Reader(pattern).Read();
            problem = null;
            return true;
        }
        catch (FormatException e)
        {
            parts = null;
            problem = e.Message;
            return false;
        }
    }
}
