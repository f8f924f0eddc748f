using System.Text.RegularExpressions;
using Copilot.Access;
using Copilot.Web.SignIn;
using Microsoft.OpenApi;

namespace Copilot.Web.Settings;

/// <summary>One operation of <c>/openapi.json</c>, as the page that reads it shows it.</summary>
/// <param name="Needs">What it asks of whoever comes; null: nothing.</param>
internal sealed partial record ReferenceEntry(
    string Method,
    string Path,
    string? Summary,
    IReadOnlyList<ReferenceParameter> Parameters,
    bool TakesBody,
    Permission? Needs
)
{
    /// <summary>What can be looked at by a link: it changes nothing and needs nothing to be filled in.</summary>
    public bool IsLink =>
        Method == "GET" && !Path.Contains('{', StringComparison.Ordinal) && Parameters.All(parameter => !parameter.Required);

    public bool Says(string words) =>
        words
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => $"{Method} {Path} {Summary}".Contains(word, StringComparison.OrdinalIgnoreCase));

    public string Curl(Uri at)
    {
        var body = TakesBody ? " -H 'content-type: application/json' -d '{}'" : "";
        return $"curl{(Method == "GET" || (TakesBody && Method == "POST") ? "" : $" -X {Method}")}{body} '{new Uri(at, Path)}'";
    }

    public static IReadOnlyList<ReferenceEntry> Of(OpenApiDocument document)
    {
        var rules = AccessRules
            .Rows.Select(row => (Row: row, Parts: row.Split(' ', 2)))
            .SelectMany(rule => rule.Parts[0].Split(',').Select(method => (Name: $"{method} {Plain(rule.Parts[1])}", rule.Row)))
            .ToLookup(rule => rule.Name, rule => rule.Row, StringComparer.Ordinal);
        return
        [
            .. document
                .Paths.SelectMany(path =>
                    (path.Value.Operations ?? []).Select(operation =>
                    {
                        var name = $"{operation.Key.Method} {Plain(path.Key)}";
                        return new ReferenceEntry(
                            operation.Key.Method,
                            path.Key,
                            operation.Value.Summary ?? operation.Value.Description,
                            [
                                .. (operation.Value.Parameters ?? []).Select(parameter => new ReferenceParameter(
                                    parameter.Name ?? "",
                                    parameter.In?.ToString().ToLowerInvariant() ?? "",
                                    parameter.Schema?.Type?.ToString().ToLowerInvariant() ?? "text",
                                    parameter.Required
                                )),
                            ],
                            operation.Value.RequestBody is not null || operation.Key.Method is "POST" or "PUT",
                            rules[name].Select(AccessRules.Needs).FirstOrDefault()
                        );
                    })
                )
                .OrderBy(entry => entry.Path, StringComparer.Ordinal)
                .ThenBy(entry => entry.Method, StringComparer.Ordinal),
        ];
    }

    /// <summary>Without constraints of parameters and without a slash at its end.</summary>
    private static string Plain(string template) => Constraint().Replace(template, "}").TrimEnd('/');

    [GeneratedRegex(@":[a-z]+\}")]
    private static partial Regex Constraint();
}

/// <param name="In">query, path or header.</param>
internal sealed record ReferenceParameter(string Name, string In, string Type, bool Required);
