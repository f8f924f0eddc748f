using System.Text.Json.Nodes;
using Copilot.Cli.Querying;
using Xunit;

namespace Copilot.Cli.Tests;

/// <summary>Results of an answer as a terminal shows them.</summary>
public class ResultTableTests
{
    [Fact]
    public void A_table_has_its_columns_below_each_other_and_numbers_on_the_right() =>
        Shows(
            """
            service   span.region  error_rate  request_count
            --------  -----------  ----------  -------------
            checkout  EU               12.5 %          1,600
            –         US                    –              5
            … 7 more
            """,
            """
            {"kind":"table","columns":[{"name":"service","unit":null},{"name":"span.region","unit":null},{"name":"error_rate","unit":"1"},{"name":"request_count","unit":"count"}],
             "rows":[["checkout","EU",0.125,1600],[null,"US",null,5]],"total":9}
            """
        );

    [Fact]
    public void A_period_says_from_when_to_when_how_long_and_how_bad() =>
        Shows(
            """
            error_rate pay charge
              from    2026-03-04T23:58:00Z
              to      2026-03-05T00:02:00Z
              lasted  4 min
              before  1 %
              peak    50 % at 2026-03-04T23:59:00Z
            """,
            """
            {"kind":"period","from":"2026-03-04T23:58:00Z","to":"2026-03-05T00:02:00Z","ongoing":false,"service":"pay","operation":"charge",
             "name":"error_rate","unit":"1","before":0.01,"peak":0.5,"peakAt":"2026-03-04T23:59:00Z"}
            """
        );

    [Fact]
    public void A_period_that_lasts_is_going_on() =>
        Shows(
            """
            p95
              from    2026-03-04T23:58:00Z
              to      going on
            """,
            """{"kind":"period","from":"2026-03-04T23:58:00Z","to":null,"ongoing":true,"service":null,"name":"p95","unit":"ms","before":null,"peak":null}"""
        );

    [Fact]
    public void Errors_are_a_table_with_a_trace_of_each() =>
        Shows(
            """
            count  service  type              message    first seen            last seen             trace
            -----  -------  ----------------  ---------  --------------------  --------------------  --------
                9  pay      TimeoutException  after 5 s  2026-03-04T23:58:00Z  2026-03-04T23:59:00Z  0123abcd
                1  web      –                 –          2026-03-04T23:58:00Z  2026-03-04T23:58:00Z  –
            """,
            """
            {"kind":"errors","items":[
              {"service":"pay","type":"TimeoutException","message":"after 5 s","count":9,"firstSeen":"2026-03-04T23:58:00Z","lastSeen":"2026-03-04T23:59:00Z","traceIds":["0123abcd"],"stackTrace":"at x\nat y"},
              {"service":"web","type":null,"message":null,"count":1,"firstSeen":"2026-03-04T23:58:00Z","lastSeen":"2026-03-04T23:58:00Z","traceIds":[],"stackTrace":null}]}
            """
        );

    [Fact]
    public void What_else_was_asked_for_is_shown_and_nothing_twice() =>
        Shows(
            """
              p50    p99
            -----  -----
            20 ms  1.5 s

            failed_count: 7

            service  role   score  owner
            -------  -----  -----  -----
            pay      match    0.5  –
            """,
            """{"kind":"table","columns":[{"name":"p50","unit":"ms"},{"name":"p99","unit":"ms"}],"rows":[[20,1500.0]],"total":1}""",
            """{"kind":"scalar","name":"p99","value":1500,"unit":"ms"}""",
            """{"kind":"scalar","name":"failed_count","value":7,"unit":"count"}""",
            """{"kind":"services","items":[{"service":"pay","role":"match","score":0.5,"owner":null}]}""",
            """{"kind":"none"}"""
        );

    [Fact]
    public void What_the_words_say_is_not_shown_once_more() =>
        Shows("", """{"kind":"scalar","name":"failed_count","value":7,"unit":"count"}""");

    [Theory]
    [InlineData("""{"kind":"table","columns":[],"rows":[],"total":0}""")]
    [InlineData("""{"kind":"errors","items":[]}""")]
    public void Nothing_found_has_no_lines(string result) => Shows("", result);

    [Fact]
    public void Nothing_in_a_cell_drives_the_terminal()
    {
        var lines = Lines("""{"kind":"table","columns":[{"name":"a\u001b[2J"}],"rows":[["b\u001b]0;x\u0007\nc\u202e"]],"total":1}""");

        Assert.Equal(3, lines.Count);
        Assert.DoesNotContain(lines, line => line.Any(letter => char.IsControl(letter) || letter == '\u202e'));
    }

    [Fact]
    public void A_long_table_and_a_long_text_are_cut()
    {
        var rows = string.Join(',', Enumerable.Repeat($"[\"{new string('x', 5000)}\"]", 70));

        var lines = Lines($$"""{"kind":"table","columns":[{"name":"a"}],"rows":[{{rows}}],"total":70}""");

        Assert.Equal("… 20 more", lines[^1]);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 90));
    }

    [Fact]
    public void An_answer_without_results_is_shown_too()
    {
        using var output = new StringWriter();
        PrintedAnswer.Write(new JsonObject { ["answer"] = "nothing" }, output);
        Assert.Equal("nothing", output.ToString().Trim());
    }

    private static void Shows(string expected, params string[] results) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', Lines(results)));

    private static List<string> Lines(params string[] results) =>
        [
            .. ResultTable
                .Lines(
                    new JsonObject
                    {
                        ["result"] = JsonNode.Parse(results[0]),
                        ["more"] = new JsonArray([.. results.Skip(1).Select(more => JsonNode.Parse(more))]),
                    }
                )
                .Skip(1),
        ];
}
