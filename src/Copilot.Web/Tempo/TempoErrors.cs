using Copilot.Store.Commands;

namespace Copilot.Web.Tempo;

/// <summary>Refusals as Tempo sends them: a status and a line of text for a person.</summary>
internal sealed class TempoErrors : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TempoRequestException e)
        {
            return Results.Text(e.Message, statusCode: e.Status);
        }
        catch (UnsupportedExpressionException e)
        {
            return Results.Text("not supported: " + e.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (Exception e) when (QueryTooExpensiveException.Of(e) is not null)
        {
            return Results.Text(QueryTooExpensiveException.Of(e)!.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}

/// <summary>
/// What was asked for and not done. Tempo's answers have no field for it in a search, and its clients refuse fields they do not know;
/// HTTP's own header (RFC 7234, 5.5) is read by whoever cares.
/// </summary>
internal static class TempoWarning
{
    public static void Write(HttpContext http, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
            http.Response.Headers.Warning = notes
                .Select(note =>
                    $"299 - \"{new string([.. note.Where(char.IsAscii).Where(c => !char.IsControl(c) && c is not ('"' or '\\'))])}\""
                )
                .ToArray();
    }
}
