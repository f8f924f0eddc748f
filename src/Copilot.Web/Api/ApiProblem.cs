namespace Copilot.Web.Api;

/// <summary>RFC 9457 bodies whose detail is written for the person who sent the request.</summary>
internal static class ApiProblem
{
    public static IResult BadRequest(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request cannot be used");

    public static IResult NotFound(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found");
}
