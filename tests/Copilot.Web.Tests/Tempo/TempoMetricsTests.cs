using System.Net;
using Xunit;

namespace Copilot.Web.Tests.Tempo;

[Trait("needs", "postgres")]
public sealed class TempoMetricsTests(TempoHost host) : IClassFixture<TempoHost>
{
    private static string Query(string query) => "q=" + Uri.EscapeDataString(query) + "&" + TempoHost.Window;

    [Fact]
    public async Task A_range_answers_in_the_shape_of_the_documentation()
    {
        var answer = await host.GetAsync(
            "tempo/api/metrics/query_range?step=60s&" + Query("{ } | count_over_time() by (resource.service.name)")
        );
        var series = answer.GetProperty("series").EnumerateArray().ToList();
        Assert.Equal(2, series.Count);
        var label = Assert.Single(series[0].GetProperty("labels").EnumerateArray());
        Assert.Equal("""{"key":"resource.service.name","value":{"stringValue":"pay"}}""", label.GetRawText());
        Assert.Equal(["labels", "samples", "exemplars"], series[0].EnumerateObject().Select(m => m.Name));
        Assert.Equal(["series", "metrics"], answer.EnumerateObject().Select(m => m.Name));
        Assert.Equal(
            [("1767225540000", 0d), ("1767225600000", 1d)],
            series[0]
                .GetProperty("samples")
                .EnumerateArray()
                .Select(s => (s.GetProperty("timestampMs").GetString()!, s.GetProperty("value").GetDouble()))
        );
    }

    [Theory]
    [InlineData("{ } | rate()", 2 / 120d)]
    [InlineData("{ status = error } | count_over_time()", 1)]
    [InlineData("{ } | max_over_time(duration)", 0.12)]
    [InlineData("{ } | quantile_over_time(duration, 0.5)", 0.09)]
    [InlineData("({ status = error } | count_over_time()) / ({ } | count_over_time()) * 100", 50)]
    [InlineData("{ } | sum_over_time(span.amount)", 9.5)]
    public async Task An_instant_is_one_number(string query, double value)
    {
        var answer = await host.GetAsync("tempo/api/metrics/query?" + Query(query));
        Assert.Equal(value, Assert.Single(answer.GetProperty("series").EnumerateArray()).GetProperty("value").GetDouble(), 9);
    }

    [Fact]
    public async Task Compare_tells_the_selection_from_the_rest()
    {
        var answer = await host.GetAsync("tempo/api/metrics/query?" + Query("{ } | compare({ status = error })"));
        var labels = answer
            .GetProperty("series")
            .EnumerateArray()
            .Select(s =>
                string.Join(
                    ' ',
                    s.GetProperty("labels")
                        .EnumerateArray()
                        .Select(l => $"{l.GetProperty("key")}={l.GetProperty("value").EnumerateObject().First().Value}")
                )
            )
            .ToList();
        Assert.Contains("__meta_type=selection resource.service.name=pay", labels);
        Assert.Contains("__meta_type=baseline resource.service.name=shop", labels);
        Assert.Contains("__meta_type=selection span.http.route=/pay", labels);
        Assert.Contains("__meta_type=selection_total span.http.route=nil", labels);
    }

    /// <summary>The fields of Tempo's own messages; Grafana reads an instant's answer strictly, so nothing may be there that they do not
    /// have.</summary>
    [Fact]
    public async Task An_instant_has_the_fields_that_the_message_has()
    {
        var answer = await host.GetAsync("tempo/api/metrics/query?" + Query("{ } | rate() by (resource.service.name) with (sample=0.5)"));
        Assert.Equal(["series", "metrics"], answer.EnumerateObject().Select(m => m.Name));
        Assert.Equal(["labels", "value"], answer.GetProperty("series")[0].EnumerateObject().Select(m => m.Name));
        string[] known = ["inspectedTraces", "inspectedBytes", "totalBlocks", "completedJobs", "totalJobs", "totalBlockBytes"];
        Assert.All(answer.GetProperty("metrics").EnumerateObject(), m => Assert.Contains(m.Name, known));
    }

    [Theory]
    [InlineData("&exemplars=10", "")]
    [InlineData("", " with (exemplars=true)")]
    public async Task Exemplars_lead_from_a_series_to_a_trace(string parameter, string hint)
    {
        var answer = await host.GetAsync(
            $"tempo/api/metrics/query_range?step=60s{parameter}&{Query("{ } | max_over_time(duration) by (resource.service.name)" + hint)}"
        );
        var series = answer
            .GetProperty("series")
            .EnumerateArray()
            .Single(s => s.GetProperty("labels")[0].GetProperty("value").GetProperty("stringValue").GetString() == "pay");
        var exemplar = Assert.Single(series.GetProperty("exemplars").EnumerateArray());
        Assert.Equal(0.09, exemplar.GetProperty("value").GetDouble(), 9);
        Assert.Equal("1767225600010", exemplar.GetProperty("timestampMs").GetString());
        Assert.Equal(
            ["resource.service.name=pay", "trace:id=" + TempoHost.TraceId, "span:id=00000000000000a2"],
            exemplar
                .GetProperty("labels")
                .EnumerateArray()
                .Select(l => $"{l.GetProperty("key")}={l.GetProperty("value").GetProperty("stringValue")}")
        );
    }

    [Theory]
    [InlineData("search", "{ } with (sampl=0.1)", "did you mean sample?")]
    [InlineData("metrics/query_range", "{ } | rate() with (sample=0.1)", "every span is counted")]
    [InlineData("metrics/query", "{ } | rate() with (most_recent=true)", "series have no use for it")]
    public async Task A_hint_that_is_not_followed_is_told(string path, string query, string told)
    {
        using var reply = await host.Http.GetAsync(new Uri($"tempo/api/{path}?{Query(query)}", UriKind.Relative));
        var warning = Assert.Single(reply.Headers.Warning);
        Assert.Equal(299, warning.Code);
        Assert.Contains(told, warning.Text, StringComparison.Ordinal);
        Assert.Equal(
            path.EndsWith("range", StringComparison.Ordinal),
            (await reply.Content.ReadAsStringAsync()).Contains("\"message\":", StringComparison.Ordinal)
        );
    }

    /// <summary>Two values each of which nearly fills a floating number.</summary>
    [Theory]
    [InlineData("{ } | max_over_time(span.vast)", 1.7e308)]
    [InlineData("{ } | avg_over_time(span.vast)", 1.7e308)]
    [InlineData("{ } && { } | avg_over_time(span.vast)", 1.7e308)]
    [InlineData("{ } | sum_over_time(span.vast)", null)]
    [InlineData("{ } && { } | sum_over_time(span.vast)", null)]
    public async Task Sums_beyond_floating_numbers_stop_no_question(string query, double? value)
    {
        var series = (await host.GetAsync("tempo/api/metrics/query?" + Query(query))).GetProperty("series").EnumerateArray().ToList();
        Assert.Equal(value, series.Count == 0 ? null : series[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task A_step_that_is_too_short_is_refused() =>
        Assert.Contains(
            "step",
            await host.TextAsync("tempo/api/metrics/query_range?step=1ms&" + Query("{ } | rate()"), HttpStatusCode.BadRequest),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_plan_is_told_in_words()
    {
        var plan = await host.GetAsync(
            "api/v1/traceql/explain?" + Query("{ resource.service.name = \"pay\" } >> { status = error } | count() > 1")
        );
        var steps = string.Join('\n', plan.GetProperty("steps").EnumerateArray().Select(s => s.GetString()));
        Assert.Contains("spans_", steps, StringComparison.Ordinal);
        Assert.Contains("descendants of a left one", steps, StringComparison.Ordinal);
        Assert.Contains("keeps the spansets with count() > 1", steps, StringComparison.Ordinal);
        plan = await host.GetAsync("api/v1/traceql/explain?step=60s&" + Query("{ } | rate() by (resource.service.name)"));
        Assert.True(plan.GetProperty("fromRollups").GetBoolean());
    }

    [Fact]
    public async Task A_check_offers_the_fix()
    {
        var answer = await host.GetAsync("api/v1/traceql/check?q=" + Uri.EscapeDataString("{ resource.service.name = pay }"));
        Assert.False(answer.GetProperty("valid").GetBoolean());
        Assert.Equal((1, 27), (answer.GetProperty("line").GetInt32(), answer.GetProperty("column").GetInt32()));
        Assert.Equal("{ resource.service.name = \"pay\" }", answer.GetProperty("fix").GetString());
    }

    [Theory]
    [InlineData("{ span.cart.di = 1 }", "span.cart.di", "span.cart.id")]
    [InlineData("{ } | rate() by (resource.cart.id)", "resource.cart.id", "span.cart.id")]
    [InlineData("{ .service.nam = \"x\" }", ".service.nam", ".service.name")]
    [InlineData("{ span.zzz = 1 }", "span.zzz", null)]
    public async Task An_attribute_that_no_span_has_is_pointed_out(string query, string written, string? meant)
    {
        var answer = await host.GetAsync("api/v1/traceql/check?" + Query(query));
        var unknown = Assert.Single(answer.GetProperty("unknown").EnumerateArray());
        Assert.Equal((written, meant), (unknown.GetProperty("written").GetString(), unknown.GetProperty("didYouMean").GetString()));
        Assert.Equal(query.IndexOf(written, StringComparison.Ordinal), unknown.GetProperty("start").GetInt32());
    }

    [Fact]
    public async Task A_query_of_known_attributes_is_just_valid()
    {
        var answer = await host.GetAsync(
            "api/v1/traceql/check?" + Query("{ span.cart.id = \"x\" && .service.name = \"y\" && duration > 1s }")
        );
        Assert.Empty(answer.GetProperty("unknown").EnumerateArray());
        Assert.Empty(answer.GetProperty("notes").EnumerateArray());
        answer = await host.GetAsync("api/v1/traceql/check?" + Query("{ } with (most_recnt=true)"));
        Assert.Contains("did you mean most_recent?", answer.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ span.ca", "span.cart.id")]
    [InlineData("{ sta", "status")]
    [InlineData("{ span.cart.id = ", "\"c\\\"7\"")]
    [InlineData("{ status = e", "error")]
    [InlineData("{ span.items = 3 ", "&&")]
    [InlineData("{ } | ra", "rate()")]
    [InlineData("{ } | rate() by (res", "resource.service.name")]
    [InlineData("", "{ ")]
    public async Task Completion_offers_what_fits(string typed, string offered)
    {
        var answer = await host.GetAsync($"api/v1/traceql/complete?{Query(typed)}");
        Assert.Contains(offered, answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("text").GetString()));
    }
}
