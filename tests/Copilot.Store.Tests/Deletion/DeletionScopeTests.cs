using Copilot.Store.Deletion;
using Xunit;

namespace Copilot.Store.Tests.Deletion;

public sealed class DeletionScopeTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 4, 10, 0, 30, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, null, null, "Say what is to go")]
    [InlineData("web", "2026-03-04T10:00:30Z", null, null, "'from' is a whole minute")]
    [InlineData("web", "2026-03-04T10:00:00Z", "2026-03-04T09:00:00Z", null, "The end lies before the beginning")]
    [InlineData(null, null, null, "user.id", "key=value")]
    [InlineData(null, null, null, "=42", "key=value")]
    [InlineData(null, null, null, "user.id=", "key=value")]
    public void What_names_nothing_is_told(string? service, string? from, string? to, string? attribute, string told) =>
        Assert.Contains(
            told,
            Assert.Throws<ArgumentException>(() => DeletionScope.Of(service, Time(from), Time(to), attribute, _now)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void An_open_end_is_that_of_this_minute_and_another_scope_has_another_digest()
    {
        var scope = DeletionScope.Of("web", null, null, null, _now);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 10, 1, 0, TimeSpan.Zero), scope.Window.To);
        Assert.Equal(scope.Digest(), DeletionScope.Of("web", null, scope.Window.To, null, _now.AddHours(1)).Digest());
        Assert.NotEqual(scope.Digest(), DeletionScope.Of("web", null, null, null, _now.AddHours(1)).Digest());
        Assert.NotEqual(scope.Digest(), DeletionScope.Of("we", null, null, "b=1", _now).Digest());
    }

    [Fact]
    public void Records_that_last_hold_no_value() =>
        Assert.Equal(
            "of web with a value of user.id to 2026-03-04T10:01Z",
            DeletionScope.Of("web", null, null, "user.id=anna=b", _now).Told()
        );

    private static DateTimeOffset? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
