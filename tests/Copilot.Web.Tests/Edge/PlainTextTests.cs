using System.Text.Json;
using System.Text.RegularExpressions;
using Copilot.Web.Api.Edge;
using Xunit;

namespace Copilot.Web.Tests.Edge;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("Straße 💥", true)]
    [InlineData("a\\0", false)]
    [InlineData("\\ud800", false)]
    [InlineData("\\ud83d\\ude00\\ude00", false)]
    [InlineData("\\udc00\\ud800", false)]
    public void Half_a_pair_and_a_null_are_no_text(string written, bool isPlain) =>
        Assert.Equal(isPlain, PlainText.IsPlain(Regex.Unescape(written)));

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""", "😀")]
    [InlineData("""{"a":"\ud83dx"}""", "\ufffdx")]
    [InlineData("""{"a":"\u0000"}""", "\ufffd")]
    [InlineData("""{"a":"\\u0000"}""", "\\u0000")]
    [InlineData("""{"a":"\\\ud800"}""", "\\\ufffd")]
    public void Mended_json_keeps_all_the_rest(string json, string expected)
    {
        using var read = JsonDocument.Parse(PlainText.Mend(json));
        Assert.Equal(expected, read.RootElement.GetProperty("a").GetString());
        Assert.Equal(expected.Contains('\ufffd', StringComparison.Ordinal), !PlainText.IsPlainJson(json));
    }
}
