using System.Globalization;
using Copilot.Store.Commands;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;

namespace Copilot.Web.Api.Edge;

/// <summary>What holds for every request, whatever endpoint it is for: text that can be kept, a charset that is read, and an end to what
/// takes too long.</summary>
public static class RequestEdge
{
    /// <summary>The time limit of questions; 422 with a problem after it.</summary>
    internal const string Question = "question";

    public static IServiceCollection AddRequestEdge(this IServiceCollection services)
    {
        services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = context => ProblemSentence.Complete(context.ProblemDetails)
        );
        services.AddExceptionHandler<RefusedRequests>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new PlainText.Converter()));
        services.AddRequestTimeouts();
        services
            .AddOptions<RequestTimeoutOptions>()
            .Configure<QueryBudget>(
                static (timeouts, budget) =>
                    timeouts.AddPolicy(
                        Question,
                        new RequestTimeoutPolicy
                        {
                            Timeout = budget.MaxTime,
                            TimeoutStatusCode = StatusCodes.Status422UnprocessableEntity,
                            WriteTimeoutResponse = static http =>
                                ApiProblem.TooExpensive(QueryTooExpensiveException.OutOfTime().Message).ExecuteAsync(http),
                        }
                    )
            );
        return services;
    }

    /// <summary>After the routing, before anything that reads.</summary>
    public static IApplicationBuilder UseRequestEdge(this IApplicationBuilder app)
    {
        app.UseWhen(IsOfProgram, static programs => programs.UseStatusCodePages());
        app.Use(
            static (http, next) =>
            {
                Check(http);
                return next(http);
            }
        );
        return app.UseRequestTimeouts();
    }

    /// <summary>Who looks at a page is shown one, and gRPC has its own way to say what failed.</summary>
    private static bool IsOfProgram(HttpContext http) =>
        !(
            HttpMethods.IsGet(http.Request.Method)
            && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        )
        && http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true;

    /// <exception cref="RefusedRequestException">It holds what nothing behind could read.</exception>
    private static void Check(HttpContext http)
    {
        foreach (var (name, values) in http.Request.Query)
        {
            PlainText.Check("a parameter's name", name);
            foreach (var value in values)
                PlainText.Check(name, value ?? "");
        }

        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (value is not null)
                PlainText.Check(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }

        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.Charset.HasValue)
            return;
        if (HeaderUtilities.RemoveQuotes(type.Charset).Value?.ToLowerInvariant() is not ("utf-8" or "us-ascii"))
            throw new RefusedRequestException(
                "The charset of the body is not read here; send it in UTF-8.",
                StatusCodes.Status415UnsupportedMediaType
            );
        // The framework takes quotes for a part of the name.
        type.Charset = "utf-8";
        http.Request.ContentType = type.ToString();
    }
}
