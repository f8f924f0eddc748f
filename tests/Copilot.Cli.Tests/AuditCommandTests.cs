using System.Text.Json;
using Copilot.Access.Audit;
using Copilot.Cli.Guarding;
using Xunit;

namespace Copilot.Cli.Tests;

public sealed class AuditCommandTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task A_log_that_holds_is_told_with_its_head()
    {
        var (lines, heads) = Log(3);
        var (code, output, errors) = await VerifyAsync(lines, heads[1]);
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("The log holds: 3 entries, from 1 to 3.", output, StringComparison.Ordinal);
        Assert.Contains(heads[2], output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_was_cut_off_shows_by_a_head_that_was_kept()
    {
        var (lines, heads) = Log(3);
        var (code, _, errors) = await VerifyAsync(lines[..^1], heads[2]);
        Assert.Equal(2, code);
        Assert.Contains("cut off", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_entry_is_named()
    {
        var (lines, _) = Log(3);
        lines[2] = lines[2].Replace("entry 1", "entry X", StringComparison.Ordinal);
        var (code, _, errors) = await VerifyAsync(lines, null);
        Assert.Equal(2, code);
        Assert.StartsWith("Entry 2 was changed", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    public async Task What_is_no_log_is_told_as_that(string text)
    {
        var (code, _, errors) = await VerifyAsync([text], null);
        Assert.Equal(1, code);
        Assert.StartsWith("That is no export", errors, StringComparison.Ordinal);
    }

    private static (string[] Lines, string[] Heads) Log(int entries)
    {
        var lines = new List<string> { JsonSerializer.Serialize(new AuditAnchor(0, AuditChain.Beginning, null), Json) };
        var (heads, seq, hash) = (new List<string>(), 0L, AuditChain.Beginning);
        for (var i = 0; i < entries; i++)
        {
            var entry = AuditChain.Next(
                seq,
                hash,
                DateTimeOffset.UnixEpoch.AddTicks(i * 7),
                new AuditEvent("Ada", "api", "a.b", $"entry {i}")
            );
            (seq, hash) = (entry.Seq, entry.Hash);
            heads.Add($"{seq}:{hash}");
            lines.Add(JsonSerializer.Serialize(entry, Json));
        }

        return ([.. lines], [.. heads]);
    }

    private static async Task<(int Code, string Output, string Errors)> VerifyAsync(string[] lines, string? holds)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var text = new StringReader(string.Join('\n', lines));
        var code = await AuditCommand.VerifyAsync(text, holds, output, errors, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }
}
