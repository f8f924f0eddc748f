using Xunit;

namespace Copilot.Slack.Tests.Official;

/// <summary>A test that needs Slack's own packages for Node; skipped, and said so, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OfficialFactAttribute : FactAttribute
{
    public OfficialFactAttribute()
    {
        if (!NodeScript.IsInstalled)
            Skip = $"Slack's Node packages are not installed: run \"npm ci\" in {NodeScript.Folder} (deploy/test.sh does).";
    }
}
