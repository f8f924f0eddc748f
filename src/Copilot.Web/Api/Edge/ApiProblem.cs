namespace Copilot.Web.Api.Edge;

/// <summary>RFC 9457 bodies whose detail is written for the person who sent the request.</summary>
internal static class ApiProblem
{
    public static IResult BadRequest(string detail) => Refused(detail, StatusCodes.Status400BadRequest);

    public static IResult Refused(string detail, int status) =>
        Results.Problem(detail, statusCode: status, title: "The request cannot be used");

    public static IResult NotFound(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found");

    /// <summary>The request is understood and would cost more than there is for it: asked again, it would be refused again.</summary>
    public static IResult TooExpensive(string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status422UnprocessableEntity, title: "Too expensive");
}
