using Copilot.Store.Server;
using Xunit;

namespace Copilot.Store.Tests.Server;

public sealed class ServerSettingsTests
{
    [Theory]
    [InlineData(4L << 30, "512MB")]
    [InlineData(40L << 30, "2048MB")]
    [InlineData(900L << 30, "4096MB")]
    public void The_log_of_writes_takes_a_small_part_of_the_disk_that_there_is(long free, string most) =>
        Assert.Contains($"max_wal_size = {most}\n", ServerSettings.Write(null, 5432, 20, true, free), StringComparison.Ordinal);
}
