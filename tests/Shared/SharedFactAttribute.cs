namespace Copilot.Tests.Shared;

/// <summary>A test that needs data from beside the repository; skipped, with the reason, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : Xunit.FactAttribute
{
    public SharedFactAttribute(string relative)
    {
        Relative = relative;
        if (SharedFolder.Find(relative) is null)
            Skip = $"../shared/{relative} is not beside the repository";
    }

    public string Relative { get; }
}
