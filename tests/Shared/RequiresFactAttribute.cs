namespace Copilot.Tests.Shared;

/// <summary>A test that needs more than a clone holds (see <see cref="Material"/>); skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresFactAttribute : Xunit.FactAttribute
{
    public RequiresFactAttribute(params string[] needs) => Skip = Material.Lacking(needs);
}
