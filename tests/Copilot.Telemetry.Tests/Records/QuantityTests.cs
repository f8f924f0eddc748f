using Copilot.Telemetry.Text;
using Xunit;

namespace Copilot.Telemetry.Tests.Records;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "ms", "0 ms")]
    [InlineData(0.0004, "ms", "400 ns")]
    [InlineData(0.25, "ms", "250 µs")]
    [InlineData(4.2, "ms", "4.2 ms")]
    [InlineData(12.345, "ms", "12.3 ms")]
    [InlineData(340, "ms", "340 ms")]
    [InlineData(812, "ms", "812 ms")]
    [InlineData(999.4, "ms", "999 ms")]
    [InlineData(999.6, "ms", "1 s")]
    [InlineData(1_234.5, "ms", "1.23 s")]
    [InlineData(1_500, "ms", "1.5 s")]
    [InlineData(12_345, "ms", "12.3 s")]
    [InlineData(59_960, "ms", "1 min")]
    [InlineData(61_000, "ms", "1 min 1 s")]
    [InlineData(119_900, "ms", "2 min")]
    [InlineData(3_599_900, "ms", "1 h")]
    [InlineData(7_260_000, "ms", "2 h 1 min")]
    [InlineData(-1_234.5, "ms", "-1.23 s")]
    [InlineData(0.14237, "1", "14.2 %")]
    [InlineData(0.123, "1", "12.3 %")]
    [InlineData(0.0525, "1", "5.25 %")]
    [InlineData(0.05, "1", "5 %")]
    [InlineData(0.003, "1", "0.3 %")]
    [InlineData(0.00002, "1", "0.002 %")]
    [InlineData(0, "1", "0 %")]
    [InlineData(1, "1", "100 %")]
    [InlineData(0.9996, "1", "99.96 %")]
    [InlineData(0.99999, "1", "99.999 %")]
    [InlineData(12.5, "1", "1,250 %")]
    [InlineData(7, "count", "7")]
    [InlineData(1_234, "count", "1,234")]
    [InlineData(1_234_567, "count", "1,234,567")]
    [InlineData(3.25, "req/s", "3.25 req/s")]
    [InlineData(56.7, "req/s", "56.7 req/s")]
    [InlineData(1_234.5, "req/s", "1,235 req/s")]
    [InlineData(0.004, "req/s", "0.004 req/s")]
    [InlineData(0.4, "", "0.4")]
    [InlineData(double.NaN, "ms", "–")]
    public void A_number_reads_the_same_everywhere_in_its_unit(double value, string unit, string expected) =>
        Assert.Equal(expected, Quantity.Text(value, unit));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1_023, "1,023 B")]
    [InlineData(1_536, "1.5 KiB")]
    [InlineData(734_003_200, "700 MiB")]
    [InlineData(13_207_024_435, "12.3 GiB")]
    public void Bytes_read_in_units_of_1024(double bytes, string expected) => Assert.Equal(expected, Quantity.Bytes(bytes));
}
