using System.Text.RegularExpressions;
using Copilot.EndToEnd.App;
using Xunit;

namespace Copilot.EndToEnd.Doors;

/// <summary>An endpoint of the app, as the app itself lists it: what is tested is what there is, not what somebody remembered.</summary>
internal sealed partial record Route(string Methods, string Template, string Doors, string Body)
{
    private static readonly string[] Unsafe = ["POST", "PUT", "DELETE", "PATCH"];

    /// <summary>An address that the template matches.</summary>
    public string Path => Parameter().Replace(Template, match => match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "grafana");

    public bool IsGrpc => Doors == "TelemetryGrpc";

    /// <summary>The pages' own connection, which sends whatever its transport needs.</summary>
    public bool IsPageConnection => Template.StartsWith("/_blazor", StringComparison.Ordinal);

    public IEnumerable<string> AllMethods =>
        Methods == "*"
            ? IsGrpc
                ? ["POST"]
                : ["GET", "POST"]
            : Methods.Split(',');

    public IEnumerable<string> UnsafeMethods => AllMethods.Intersect(Unsafe);

    /// <summary>Pages take posts too, in case they hold forms; an API's writes are its own.</summary>
    public bool IsWrite => UnsafeMethods.Any() && !AllMethods.Contains("GET");

    public bool IsBehind(string door) => Doors.Split(',').Contains(door);

    public override string ToString() => $"{Methods} {Template}";

    /// <summary>All, with those that are there only where Slack is set up.</summary>
    public static async Task<IReadOnlyList<Route>> ReadAllAsync()
    {
        await using var list = ChildProcess.Start("dotnet", [Repository.App, "--routes", .. WithSlack]);
        Assert.True(await list.WaitAsync(TimeSpan.FromMinutes(2)) == 0, list.Output);
        var routes = list
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Where(cells => cells.Length == 4)
            .Select(cells => new Route(cells[0], cells[1], cells[2], cells[3]))
            .ToList();
        Assert.True(routes.Count > 80, list.Output);
        return routes;
    }

    public static IReadOnlyList<string> WithSlack { get; } =
    ["--Slack:BotToken=xoxb-of-the-test", "--Slack:SigningSecret=secret-of-the-test"];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
