namespace Copilot.Web.Tempo;

/// <summary>
/// What was asked for and not done. Tempo's answers have no field for it in a search, and its clients refuse fields they do not know;
/// HTTP's own header (RFC 7234, 5.5) is read by whoever cares.
/// </summary>
internal static class TempoWarning
{
    public static void Write(HttpContext http, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
            http.Response.Headers.Warning = notes.Select(note => $"299 - \"{new string([.. note.Where(char.IsAscii).Where(c => !char.IsControl(c) && c is not ('"' or '\\'))])}\"").ToArray();
    }
}
