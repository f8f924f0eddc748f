using Copilot.Web.Display;
using Xunit;

namespace Copilot.Web.Tests.Display;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "ms", "0 ms")]
    [InlineData(0.0004, "ms", "400 ns")]
    [InlineData(0.25, "ms", "250 µs")]
    [InlineData(12.345, "ms", "12.3 ms")]
    [InlineData(812, "ms", "812 ms")]
    [InlineData(1_500, "ms", "1.5 s")]
    [InlineData(61_000, "ms", "1 min 1 s")]
    [InlineData(7_260_000, "ms", "2 h 1 min")]
    [InlineData(0.14237, "1", "14.2 %")]
    [InlineData(0.003, "1", "0.30 %")]
    [InlineData(0.00002, "1", "< 0.01 %")]
    [InlineData(0, "1", "0 %")]
    [InlineData(1_234_567, "count", "1,234,567")]
    [InlineData(3.25, "req/s", "3.25 req/s")]
    [InlineData(double.NaN, "ms", "–")]
    public void A_number_reads_well_in_its_unit(double value, string unit, string expected) =>
        Assert.Equal(expected, Quantity.Text(value, unit));
}
