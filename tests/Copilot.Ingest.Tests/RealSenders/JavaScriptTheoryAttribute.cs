using Xunit;

namespace Copilot.Ingest.Tests.RealSenders;

/// <summary>A test that needs Node and npm, and that says so where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JavaScriptTheoryAttribute : TheoryAttribute
{
    public JavaScriptTheoryAttribute()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var missing = new[] { "node", "npm" }.Where(program => !path.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        if (missing.Count > 0) Skip = $"{string.Join(" and ", missing)} is not installed, so OpenTelemetry's JavaScript SDK cannot run.";
    }
}
