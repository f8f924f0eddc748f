using System.Text.Json;
using System.Text.RegularExpressions;
using Copilot.Instrument.Reading;

namespace Copilot.Instrument.Sources;

/// <summary>The language that the files of one folder build, with the file that says so, and the tracing that they pull in.</summary>
public sealed partial record ProjectFacts(RuntimeLanguage Language, string File, string? Tracing)
{
    /// <summary>Files by name, in the order in which they decide where a folder holds several; JavaScript comes last: other languages
    /// bundle their pages with it.</summary>
    private static readonly (RuntimeLanguage Language, string Pattern)[] Kinds =
    [
        (RuntimeLanguage.Java, @"^(pom\.xml|build\.gradle|build\.gradle\.kts|build\.sbt)$"),
        (RuntimeLanguage.DotNet, @"\.(csproj|fsproj|vbproj)$"),
        (RuntimeLanguage.Python, @"^(requirements[\w.-]*\.(txt|in)|pyproject\.toml|Pipfile|setup\.py|environment\.ya?ml)$"),
        (RuntimeLanguage.Go, @"^go\.mod$"),
        (RuntimeLanguage.Ruby, @"^(Gemfile|config\.ru)$"),
        (RuntimeLanguage.Php, @"^composer\.json$"),
        (RuntimeLanguage.Rust, @"^Cargo\.toml$"),
        (RuntimeLanguage.Erlang, @"^(mix\.exs|rebar\.config)$"),
        (RuntimeLanguage.Cpp, @"^(CMakeLists\.txt|conanfile\.(txt|py)|meson\.build)$"),
        (RuntimeLanguage.Swift, @"^Package\.swift$"),
        (RuntimeLanguage.NodeJs, @"^package\.json$"),
    ];

    /// <summary>What a folder holds; null where it holds no project, or projects of more than one language.</summary>
    public static ProjectFacts? Of(ManifestTree tree, string folder, IEnumerable<string> names)
    {
        var found = names
            .Select(name => (name, Language: Built(name)))
            .Where(file => file.Language is not RuntimeLanguage.Unknown && !Tests().IsMatch(file.name))
            .ToList();
        var languages = found.Select(file => file.Language).Distinct().ToList();
        if (languages.Count > 1)
            languages.Remove(RuntimeLanguage.NodeJs);
        if (languages.Count != 1)
            return null;
        var chosen = found.First(file => file.Language == languages[0]);
        var path = folder.Length == 0 ? chosen.name : $"{folder}/{chosen.name}";
        var text = tree.Read(path) ?? "";
        if (languages[0] == RuntimeLanguage.NodeJs && !RunsOnNode(text))
            return null;
        return new ProjectFacts(languages[0], path, TracingOf(languages[0], text));
    }

    private static RuntimeLanguage Built(string name) => Kinds.FirstOrDefault(kind => Regex.IsMatch(name, kind.Pattern)).Language;

    /// <summary>A page that is only bundled runs in browsers, not on Node.js.</summary>
    private static bool RunsOnNode(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return false;
            var start =
                json.RootElement.TryGetProperty("scripts", out var scripts)
                && scripts.ValueKind == JsonValueKind.Object
                && scripts.TryGetProperty("start", out var said)
                    ? said.ToString()
                    : "";
            if (Bundled().IsMatch(start))
                return false;
            return start.Length > 0 || json.RootElement.TryGetProperty("main", out _) || Server().IsMatch(text);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? TracingOf(RuntimeLanguage language, string text) =>
        (language, Sdk().IsMatch(text)) switch
        {
            (RuntimeLanguage.Unknown, _) => null,
            (_, true) => "an OpenTelemetry SDK",
            _ => Vendor().Match(text) is { Success: true } vendor ? vendor.Value : null,
        };

    [GeneratedRegex(@"(?i)(test|spec|bench)s?\.(cs|fs|vb)proj$")]
    private static partial Regex Tests();

    [GeneratedRegex(@"react-scripts|\bvite\b|\bng serve\b|vue-cli-service|webpack|parcel|serve -s")]
    private static partial Regex Bundled();

    [GeneratedRegex(@"""(express|fastify|koa|@nestjs/core|next|nuxt|@grpc/grpc-js|@hapi/hapi|kafkajs|restify|apollo-server)""")]
    private static partial Regex Server();

    [GeneratedRegex(
        @"@opentelemetry/(sdk|auto)|OpenTelemetry\.(Extensions\.Hosting|AutoInstrumentation|Exporter)|opentelemetry-(sdk|distro)"
            + @"|opentelemetry-instrumentation"
            + @"|go\.opentelemetry\.io/otel|open-telemetry/(sdk|opentelemetry)|opentelemetry[_-](sdk|otlp|exporter|api)"
            + @"|opentelemetry-spring-boot"
    )]
    private static partial Regex Sdk();

    [GeneratedRegex(
        @"dd-trace|ddtrace|elastic-apm-[a-z-]+|newrelic|applicationinsights|jaeger-client|spring-cloud-sleuth|brave-instrumentation"
    )]
    private static partial Regex Vendor();
}
