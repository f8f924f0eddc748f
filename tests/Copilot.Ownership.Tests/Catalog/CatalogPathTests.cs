using Copilot.Ownership.Catalog;
using Xunit;

namespace Copilot.Ownership.Tests.Catalog;

public sealed class CatalogPathTests
{
    [Theory]
    [InlineData("catalog/components.yaml", "catalog/components.yaml")]
    [InlineData("./catalog//components.yaml", "catalog/components.yaml")]
    [InlineData(" catalog/./components.yaml ", "catalog/components.yaml")]
    [InlineData("cafe\u0301.md", "caf\u00e9.md")]
    [InlineData("runbooks/..hidden.md", "runbooks/..hidden.md")]
    [InlineData("runbooks/\u65e5\u672c\u8a9e guide.md", "runbooks/\u65e5\u672c\u8a9e guide.md")]
    public void A_path_has_one_spelling(string written, string path) => Assert.Equal(path, CatalogPath.Normalise(written));

    [Theory]
    [InlineData("../a.yaml", "leads out of its folder")]
    [InlineData("catalog/../../a.yaml", "leads out of its folder")]
    [InlineData("catalog/ .. /a.yaml", "leads out of its folder")]
    [InlineData("/etc/a.yaml", "is absolute")]
    [InlineData(" //host/a.yaml", "is absolute")]
    [InlineData("~/a.yaml", "is absolute")]
    [InlineData("C:/a.yaml", "is absolute")]
    [InlineData("https://x.example/a.yaml", "is absolute")]
    [InlineData("catalog\\a.yaml", "backslash")]
    [InlineData("a\0.yaml", "NUL")]
    [InlineData("a\n.yaml", "U+000A")]
    [InlineData("a\u001b[31m.yaml", "U+001B")]
    [InlineData("a\u202elmay.yaml", "U+202E")]
    [InlineData("a\u200b.yaml", "U+200B")]
    [InlineData("a\u2028.yaml", "U+2028")]
    [InlineData("a\udb40\udc41.yaml", "U+E0041")]
    [InlineData("", "names no file")]
    [InlineData("  ", "names no file")]
    [InlineData("catalog/", "names no file")]
    [InlineData("catalog/.", "names no file")]
    public void What_is_no_path_is_refused_with_a_sentence_of_its_own(string written, string why) =>
        Assert.Contains(why, Assert.Throws<CatalogFileException>(() => CatalogPath.Normalise(written)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_path_has_a_longest_length()
    {
        Assert.Contains(
            "longer than 500",
            Assert.Throws<CatalogFileException>(() => CatalogPath.Normalise(new string('a', 501))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(500, CatalogPath.Normalise(new string('a', 500)).Length);
    }

    [Fact]
    public void Half_a_character_is_no_part_of_a_path() =>
        Assert.Contains(
            "U+FFFD",
            Assert.Throws<CatalogFileException>(() => CatalogPath.Normalise("a" + (char)0xD800 + ".yaml")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_refused_path_is_shown_without_what_is_not_to_be_seen()
    {
        Assert.Equal("aU+202EbNULc", CatalogPath.Shown("a\u202eb\0c"));
        Assert.InRange(CatalogPath.Shown(new string('\n', 5000)).Length, 1, 520);
    }
}
