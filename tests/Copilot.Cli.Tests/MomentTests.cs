using System.CommandLine;
using System.Globalization;
using Copilot.Cli.Querying;
using Xunit;

namespace Copilot.Cli.Tests;

/// <summary>Times, stretches and addresses as people write them.</summary>
public sealed class MomentTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-29T16:00:00+01:00", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("now", "2026-11-29T16:00:00+01:00")]
    [InlineData("yesterday", "2026-11-28T16:00:00+01:00")]
    [InlineData("Yesterday 14:30", "2026-11-28T14:30:00+01:00")]
    [InlineData("today 09:05", "2026-11-29T09:05:00+01:00")]
    [InlineData("5m ago", "2026-11-29T15:55:00+01:00")]
    [InlineData("2 hours ago", "2026-11-29T14:00:00+01:00")]
    [InlineData("14:30", "2026-11-29T14:30:00+01:00")]
    [InlineData("23:47", "2026-11-28T23:47:00+01:00")]
    [InlineData("2026-11-28", "2026-11-28T00:00:00+01:00")]
    [InlineData("2026-11-28 23:47", "2026-11-28T23:47:00+01:00")]
    [InlineData("2026-11-28T23:47:10", "2026-11-28T23:47:10+01:00")]
    [InlineData("2026-11-28T23:47:00Z", "2026-11-28T23:47:00Z")]
    [InlineData("2026-11-28T23:47:00.5+05:30", "2026-11-28T23:47:00.5+05:30")]
    public void A_time_is_read_as_it_is_written(string written, string meant)
    {
        Assert.True(Moment.TryRead(written, Now, out var time));
        Assert.Equal(DateTimeOffset.Parse(meant, CultureInfo.InvariantCulture), time);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("11/12/2026")]
    [InlineData("25:00")]
    [InlineData("ago")]
    [InlineData("")]
    public void What_is_no_time_or_could_be_two_is_none(string written) => Assert.False(Moment.TryRead(written, Now, out _));

    [Theory]
    [InlineData("5m", 5)]
    [InlineData("1h30m", 90)]
    [InlineData("90 minutes", 90)]
    [InlineData("00:15:00", 15)]
    [InlineData("1d", 1440)]
    public void A_stretch_is_read_as_it_is_written(string written, int minutes)
    {
        var window = new WindowOptions();
        Assert.Equal(
            TimeSpan.FromMinutes(minutes),
            new RootCommand { window.Since }
                .Parse(["--since", written])
                .GetValue(window.Since)
        );
    }

    [Theory]
    [InlineData("--since", "soon", "5m, 90s, 2h")]
    [InlineData("--since", "5", "5m, 90s, 2h")]
    [InlineData("--to", "someday", "yesterday")]
    public void What_is_wrong_is_told_with_what_can_be_written(string option, string written, string said)
    {
        var window = new WindowOptions();
        var error = Assert.Single(
            new RootCommand { window.Since, window.From, window.To }
                .Parse([option, written])
                .Errors
        );
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_ends_before_it_begins_is_told()
    {
        var (window, command) = (new WindowOptions(), new RootCommand());
        command.Add(window.Since);
        command.Add(window.From);
        command.Add(window.To);
        window.Check(command);
        Assert.Contains("is not before", Assert.Single(command.Parse(["--from", "5m ago", "--to", "1h ago"]).Errors).Message);
        Assert.Empty(command.Parse(["--from", "1h ago", "--to", "5m ago"]).Errors);
        Assert.Empty(command.Parse(["--from", "1h ago"]).Errors);
    }

    [Theory]
    [InlineData("127.0.0.1:5070", "http://127.0.0.1:5070/")]
    [InlineData("localhost:5080", "http://localhost:5080/")]
    [InlineData("https://copilot.example", "https://copilot.example/")]
    [InlineData("https://example.org/copilot", "https://example.org/copilot/")]
    [InlineData("copilot.example", "http://copilot.example/")]
    public void An_address_needs_no_scheme(string written, string meant) => Assert.Equal(meant, CopilotUrl.Read(written)?.ToString());

    [Theory]
    [InlineData("ftp://copilot.example")]
    [InlineData("http://")]
    public void What_is_no_address_is_none(string written) => Assert.Null(CopilotUrl.Read(written));
}
