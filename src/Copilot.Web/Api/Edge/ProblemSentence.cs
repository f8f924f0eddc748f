using Microsoft.AspNetCore.Mvc;

namespace Copilot.Web.Api.Edge;

/// <summary>What to do about a status, for answers that nobody wrote a sentence for.</summary>
internal static class ProblemSentence
{
    public static void Complete(ProblemDetails problem)
    {
        if (string.IsNullOrEmpty(problem.Detail))
            problem.Detail = Of(problem.Status ?? StatusCodes.Status500InternalServerError);
    }

    private static string Of(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "The request cannot be used as it is.",
            StatusCodes.Status401Unauthorized => "A key or token is missing or unknown.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "This address does not take this method; the header Allow says which it takes.",
            StatusCodes.Status413PayloadTooLarge => "The body is larger than is taken here; send it in parts.",
            StatusCodes.Status415UnsupportedMediaType =>
                "The body's content type is not taken here; send JSON as application/json in UTF-8, or what the endpoint "
                    + "is documented to take.",
            StatusCodes.Status429TooManyRequests => "Too much came at once; send it again later.",
            >= 500 => "The request failed here, through no fault of it. The app's log says why.",
            _ => "The request was not carried out.",
        };
}
