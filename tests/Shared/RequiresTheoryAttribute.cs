namespace Copilot.Tests.Shared;

/// <summary>The same as <see cref="RequiresFactAttribute"/> for a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresTheoryAttribute : Xunit.TheoryAttribute
{
    public RequiresTheoryAttribute(params string[] needs) => Skip = Material.Lacking(needs);
}
