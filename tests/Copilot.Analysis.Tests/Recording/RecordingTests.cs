using Xunit;

namespace Copilot.Analysis.Tests.Recording;

/// <summary>tests/Worlds/record.sh makes the repository's worlds with this: COPILOT_RECORD_WORLDS names the folder that they are written
/// to.</summary>
public sealed class RecordingTests
{
    [Fact]
    public void A_plan_makes_the_same_world_each_time()
    {
        var wanted = Environment.GetEnvironmentVariable("COPILOT_RECORD_WORLDS");
        foreach (var plan in wanted is null ? WorldPlan.All.Take(1) : WorldPlan.All)
        {
            var first = Directory.CreateTempSubdirectory("world-").FullName;
            var second = wanted is null ? Directory.CreateTempSubdirectory("world-").FullName : Path.Combine(wanted, plan.Name);
            try
            {
                WorldRecorder.Record(plan, first);
                WorldRecorder.Record(plan, second);
                foreach (var file in Directory.EnumerateFiles(first))
                    Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(second, Path.GetFileName(file))));
            }
            finally
            {
                Directory.Delete(first, recursive: true);
                if (wanted is null)
                    Directory.Delete(second, recursive: true);
            }
        }
    }
}
