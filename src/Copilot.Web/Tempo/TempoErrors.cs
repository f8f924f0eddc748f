using Copilot.Store.Traceql;

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
