using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Telemetry.Tests.Records;

public sealed class DurationHistogramTests
{
    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(127L)]
    [InlineData(128L)]
    [InlineData(129L)]
    [InlineData(1_000_000L)]
    [InlineData(123_456_789_012L)]
    [InlineData(long.MaxValue)]
    public void A_buckets_middle_is_within_one_percent_of_what_it_holds(long nanos)
    {
        var middle = DurationHistogram.MiddleOf(DurationHistogram.BucketOf(nanos));
        Assert.InRange(Math.Abs((double)middle - nanos), 0, nanos * 0.01);
    }

    [Fact]
    public void Buckets_follow_each_other_without_a_gap()
    {
        var last = -1;
        for (var nanos = 0L; nanos < 200_000; nanos++)
        {
            var bucket = DurationHistogram.BucketOf(nanos);
            Assert.InRange(bucket - last, 0, 1);
            last = bucket;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Quantiles_of_merged_parts_are_within_one_percent_of_the_nearest_rank(int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(5 + (random.NextDouble() * 18))).ToArray();
        var merged = new DurationHistogram();
        foreach (var part in values.Chunk(777))
        {
            var histogram = new DurationHistogram();
            foreach (var value in part)
                histogram.Add(value);
            merged.Merge(histogram.ToBytes());
        }

        Array.Sort(values);
        Assert.Equal(values.Length, merged.Count);
        foreach (var q in new[] { 0.001, 0.5, 0.9, 0.95, 0.99, 0.999, 1 })
        {
            double exact = values[Math.Max(0, (int)Math.Ceiling(q * values.Length) - 1)];
            Assert.InRange(merged.Quantile(q)!.Value, exact * 0.99, exact * 1.01);
        }
    }

    [Fact]
    public void Nothing_counted_has_no_quantile_and_extremes_bound_an_answer()
    {
        var histogram = new DurationHistogram();
        Assert.Null(histogram.Quantile(0.5));
        histogram.Add(1_000_003, 5);
        Assert.Equal(1_000_003, histogram.Quantile(0.99, 1_000_003, 1_000_003));
        Assert.Equal(5, histogram.CountAbove(900_000));
        Assert.Equal(0, histogram.CountAbove(1_100_000));
    }
}
