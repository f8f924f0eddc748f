using System.IO.Compression;
using System.Net;
using System.Text;
using Copilot.Cli.Importing;
using Xunit;

namespace Copilot.Cli.Tests.Importing;

public sealed class ImportTests : IDisposable
{
    private const string Line = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"1700000000000000000"}]}]}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-import-").FullName;
    private readonly ScriptedCopilot _copilot = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task A_world_is_sent_whole_and_completed_last()
    {
        Pack("traces.otlp.jsonl.gz", Line, Line);
        Write("changes.jsonl", """{"time":"2026-01-01T00:00:00Z","service":"a","kind":"deploy"}""");
        Write("catalog/a.yaml", "kind: Group");
        Assert.Equal(0, await RunAsync());
        Assert.Equal(
            ["/api/v1/catalog", "/api/v1/changes", "/v1/traces", "/api/v1/import/complete"],
            _copilot.Requests.Select(request => request.Path)
        );
        Assert.StartsWith(
            "Imported 2 spans, 0 log records, 0 metric points, 1 changes and 1 catalogue files",
            _output.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("Nothing was refused.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_there_before_is_counted_apart_and_what_was_skipped_is_said()
    {
        Write("t.otlp.jsonl", Line, Line);
        Write("changes.jsonl", """{"time":"2026-01-01T00:00:00Z","service":"a","kind":"deploy"}""");
        Write("notes.txt", "mine");
        _copilot.Known = 2;
        _copilot.Script = (path, _) => path == "/api/v1/changes" ? (HttpStatusCode.OK, """{"accepted":1,"added":0,"refused":[]}""") : null;
        Assert.Equal(0, await RunAsync());
        Assert.Contains("Of these 2 spans, 1 changes were there before and are there once.", _output.ToString());
        Assert.Contains("Skipped, since nothing is known of them that could be imported: notes.txt.", _output.ToString());
    }

    [Fact]
    public async Task A_line_that_is_refused_costs_no_other_and_is_told_with_its_place()
    {
        Write("t.otlp.jsonl", Line, Line.Replace("17000", "66600", StringComparison.Ordinal), "{broken", """{"other":1}""", Line);
        _copilot.Script = (path, body) =>
            path == "/v1/traces" && body.Contains("66600", StringComparison.Ordinal)
                ? (HttpStatusCode.BadRequest, """{"code":3,"message":"bad span"}""")
                : null;
        Assert.Equal(0, await RunAsync());
        var told = _output.ToString();
        Assert.Contains("1 × t.otlp.jsonl, line 2: 400: bad span", told, StringComparison.Ordinal);
        Assert.Contains("Imported 2 spans", told, StringComparison.Ordinal);
        Assert.Contains("line 3: not JSON", told, StringComparison.Ordinal);
        Assert.Contains("line 4: neither resourceSpans", told, StringComparison.Ordinal);
        Assert.Equal(
            3,
            _copilot.Requests.Count(request => request.Path == "/v1/traces" && request.Body.Split("startTimeUnixNano").Length == 2)
        );
    }

    [Fact]
    public async Task Rejected_items_are_counted_with_the_reason()
    {
        Write("t.otlp.jsonl", Line, Line);
        _copilot.Script = (path, _) =>
            path == "/v1/traces"
                ? (HttpStatusCode.OK, """{"partialSuccess":{"rejectedSpans":"1","errorMessage":"a span id is missing"}}""")
                : null;
        Assert.Equal(0, await RunAsync());
        Assert.Contains("Imported 1 spans", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 × t.otlp.jsonl: a span id is missing", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_for_a_copilot_that_is_busy()
    {
        Write("t.otlp.jsonl", Line);
        var tries = 0;
        _copilot.Script = (path, _) => path == "/v1/traces" && ++tries < 3 ? (HttpStatusCode.ServiceUnavailable, "{}") : null;
        Assert.Equal(0, await RunAsync());
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_told_and_fails_the_command_after_the_others_are_in()
    {
        Pack("a.otlp.jsonl.gz", Line);
        var whole = File.ReadAllBytes(Path.Combine(_folder, "a.otlp.jsonl.gz"));
        File.WriteAllBytes(Path.Combine(_folder, "a.otlp.jsonl.gz"), whole[..(whole.Length / 2)]);
        Write("b.otlp.jsonl", Line);
        Assert.Equal(1, await RunAsync());
        Assert.Contains("a.otlp.jsonl.gz", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Imported 1 spans", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shifted_to_now_the_newest_telemetry_is_of_this_moment_and_all_else_moves_with_it()
    {
        Write("t.otlp.jsonl", Line);
        Write("changes.jsonl", """{"time":"2023-11-14T22:13:10Z","service":"a","kind":"deploy"}""");
        var before = DateTimeOffset.UtcNow;
        Assert.Equal(0, await RunAsync(shift: true));
        var sent = _copilot.Requests.Single(request => request.Path == "/v1/traces").Body;
        var nanos = long.Parse(sent.Split('"')[9], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(DateTimeOffset.UnixEpoch.AddTicks(nanos / 100), before.AddSeconds(-1), DateTimeOffset.UtcNow);
        // The change was ten seconds before the span.
        var change = System.Text.Json.Nodes.JsonNode.Parse(_copilot.Requests.Single(request => request.Path == "/api/v1/changes").Body)![
            0
        ]!["time"]!.GetValue<DateTimeOffset>();
        Assert.InRange(change, before.AddSeconds(-11), DateTimeOffset.UtcNow.AddSeconds(-9));
    }

    [Fact]
    public async Task Nothing_to_import_is_said()
    {
        Assert.Equal(1, await RunAsync());
        Assert.Contains("Nothing to import", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", "", "the file is empty")]
    [InlineData("a.json", "  \n", "the file is empty")]
    [InlineData("a.json", "null", "neither resourceSpans")]
    [InlineData("a.json", "[]", "neither resourceSpans")]
    [InlineData(
        "a.json",
        "{\"name\":\"x\",\"context\":{\"trace_id\":\"0x01\"},\"start_time\":\"2025-01-09T14:21:04Z\"}",
        "neither resourceSpans"
    )]
    [InlineData("a.json", "nothing", "no JSON")]
    [InlineData("a.json", "{\"resourceSpans\":[]}", "it holds no spans")]
    [InlineData("a.json", "{\"data\":null,\"errors\":[{\"code\":404,\"msg\":\"trace not found\"}]}", "trace not found")]
    [InlineData("a.json", "{\"data\":[],\"errors\":null}", "holds no trace")]
    [InlineData("a.jsonl", "rubbish\nrubbish", "not JSON")]
    [InlineData("a.otlp.jsonl", "{\"other\":1}", "neither resourceSpans")]
    [InlineData("a.otlp.jsonl", "{\"resourceLogs\":[]}", "it holds no spans, log records or metric points")]
    [InlineData("changes.jsonl", "rubbish", "not JSON")]
    public async Task A_file_that_gave_nothing_fails_the_command_in_a_sentence(string name, string content, string told)
    {
        File.WriteAllText(Path.Combine(_folder, name), content);
        Write("whole.otlp.jsonl", Line);
        Assert.Equal(1, await RunAsync([Path.Combine(_folder, name), Path.Combine(_folder, "whole.otlp.jsonl")]));
        Assert.Contains("Imported 1 spans", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            told,
            Assert.Single(_output.ToString().Split('\n'), l => l.Contains($" {name}", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [RequiresTheory("shared/cases/imports")]
    [InlineData("empty.json")]
    [InlineData("null.json")]
    [InlineData("text.json")]
    public async Task Documents_of_nothing_are_told_by_name(string name)
    {
        Assert.Equal(1, await RunAsync([Material.Get($"shared/cases/imports/{name}")]));
        Assert.Contains($" {name}", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_lines_may_be_empty()
    {
        Write("none.otlp.jsonl");
        Write("changes.jsonl");
        Write("whole.otlp.jsonl", Line);
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task A_catalogue_file_that_gave_nothing_fails_the_command()
    {
        Write("catalog/a.yaml", "kind: Group");
        _copilot.Script = (path, _) =>
            path == "/api/v1/catalog"
                ? (
                    HttpStatusCode.OK,
                    """{"files":[{"path":"x/catalog/a.yaml","accepted":false,"error":"the Group has no metadata","line":1}]}"""
                )
                : null;
        Assert.Equal(1, await RunAsync());
        Assert.Contains("x/catalog/a.yaml, line 1: the Group has no metadata", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_in_a_file_of_jsons_name_are_read_as_lines()
    {
        Write("traces.json", Line, Line);
        Assert.Equal(0, await RunAsync([Path.Combine(_folder, "traces.json")]));
        Assert.Contains("Imported 2 spans", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync([Path.Combine(_folder, "traces.json")], shift: true));
    }

    [Theory]
    [InlineData(
        "jaeger.json",
        """{"data":[{"traceID":"a","spans":[{"traceID":"a","spanID":"1","operationName":"x","startTime":1700000000000000,"duration":0,"processID":"p"}],"processes":{"p":{"serviceName":"s"}}}]}"""
    )]
    [InlineData(
        "zipkin.json",
        """[{"traceId":"a","id":"1","name":"x","timestamp":1700000000000000,"duration":0,"localEndpoint":{"serviceName":"s"}}]"""
    )]
    [InlineData("otlp.json", Line)]
    public async Task Any_format_is_shifted_to_now(string name, string content)
    {
        Write(name, content);
        var before = DateTimeOffset.UtcNow;
        Assert.Equal(0, await RunAsync([Path.Combine(_folder, name)], shift: true));
        var sent = System.Text.Json.Nodes.JsonNode.Parse(_copilot.Requests.Single(request => request.Path == "/v1/traces").Body)!;
        var start = sent["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]![0]!["startTimeUnixNano"]!.ToString();
        var at = DateTimeOffset.UnixEpoch.AddTicks(long.Parse(start, System.Globalization.CultureInfo.InvariantCulture) / 100);
        Assert.InRange(at, before.AddSeconds(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Changes_alone_are_shifted_to_now_too()
    {
        Write("changes.jsonl", """{"time":"2023-11-14T22:13:10Z","service":"a","kind":"deploy"}""");
        Assert.Equal(0, await RunAsync(shift: true));
        Assert.DoesNotContain("2023-11-14", _copilot.Requests[0].Body, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _copilot.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<int> RunAsync(bool shift = false) => RunAsync([_folder], shift);

    private async Task<int> RunAsync(string[] paths, bool shift = false)
    {
        using var client = new ImportClient(_copilot.Client(), key: null);
        return await new Import(client, TimeProvider.System, _output, _errors).RunAsync(paths, shift, CancellationToken.None);
    }

    private void Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }

    private void Pack(string name, params string[] lines)
    {
        using var gzip = new GZipStream(File.Create(Path.Combine(_folder, name)), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }
}
