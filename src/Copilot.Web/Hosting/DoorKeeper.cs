namespace Copilot.Web.Hosting;

/// <summary>Lets through a door what it serves. The door is a property of the connection, so nothing in a request can choose it.</summary>
internal static class DoorKeeper
{
    /// <summary>Who may be asked for by name; before anything is looked up.</summary>
    public static IApplicationBuilder UseHostNames(this IApplicationBuilder app)
    {
        var names = app.ApplicationServices.GetRequiredService<HostNames>();
        return app.Use((http, next) =>
            http.Features.Get<Door>() is { Kind: not DoorKind.Browser }
                || names.Knows(http.Request.Headers.Host.ToString(), http.Connection.LocalIpAddress)
                ? next(http)
                : Results.Problem(
                    "Under this name the app is not known. Besides localhost and the address it listens on, its names are those of "
                    + "Hosting__Hosts__0 and Incidents__PublicUrl.",
                    statusCode: StatusCodes.Status421MisdirectedRequest, title: "Unknown host").ExecuteAsync(http));
    }

    /// <summary>After routing. A connection without a door came through a listener that nobody here opened: it gets nothing.</summary>
    public static IApplicationBuilder UseDoors(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var door = http.Features.Get<Door>();
        var served = http.GetEndpoint() is { } endpoint
            ? door is not null && Door.Serves(door.Kind, endpoint)
            : door?.Kind == DoorKind.Browser;
        return served
            ? next(http)
            : Results.Problem(
                "This port takes telemetry and nothing else, or is none of the app's own.",
                statusCode: StatusCodes.Status404NotFound, title: "Not on this port").ExecuteAsync(http);
    });
}
