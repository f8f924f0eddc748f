using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Copilot.Web.Tests.Tempo;

[Trait("needs", "postgres")]
public sealed class TempoTests(TempoHost host) : IClassFixture<TempoHost>
{
    private static string Query(string query) => "q=" + Uri.EscapeDataString(query) + "&" + TempoHost.Window;

    [Fact]
    public async Task Echo_echoes() => Assert.Equal("echo", await host.TextAsync("tempo/api/echo", HttpStatusCode.OK));

    [Theory]
    [InlineData("{ status = error }", "00000000000000a2", 1)]
    [InlineData("{ span.cart.id = \"c\\\"7\" && span.items = 3 }", "00000000000000a1", 1)]
    [InlineData("{ span.http.route = \"/pay\" && span.amount > 9 }", "00000000000000a2", 1)]
    [InlineData(
        "{ event.exception.type = \"Declined\" && event:name = \"exception\" && event:timeSinceStart = 1ms }",
        "00000000000000a2",
        1
    )]
    [InlineData(
        "{ link:spanID = \"2222222222222222\" && statusMessage =~ \"card.*\" && instrumentation:version = \"1.2\" }",
        "00000000000000a2",
        1
    )]
    [InlineData("{ resource.service.name = \"shop\" } >> { resource.service.name = \"pay\" }", "00000000000000a2", 1)]
    [InlineData("{ trace:id = \"af7651916cd43dd8448eb211c80319c\" } | count() = 2", "00000000000000a1", 2)]
    [InlineData("{ instrumentation.tier = \"gold\" && instrumentation:name = \"lib\" }", "00000000000000a1", 2)]
    [InlineData("{ nestedSetLeft = 2 && nestedSetRight = 3 && nestedSetParent = 1 }", "00000000000000a2", 1)]
    [InlineData(
        "{ rootServiceName = \"shop\" && traceDuration = 120ms && span:childCount = 1 && nestedSetParent < 0 }",
        "00000000000000a1",
        1
    )]
    public async Task A_search_answers_in_the_shape_of_the_documentation(string query, string firstSpan, int matched)
    {
        var answer = await host.GetAsync("tempo/api/search?" + Query(query));
        var trace = Assert.Single(answer.GetProperty("traces").EnumerateArray());
        Assert.Equal(TempoHost.TraceId, trace.GetProperty("traceID").GetString());
        Assert.Equal(
            ("shop", "POST /buy"),
            (trace.GetProperty("rootServiceName").GetString(), trace.GetProperty("rootTraceName").GetString())
        );
        Assert.Equal($"{TempoHost.StartSeconds}000000000", trace.GetProperty("startTimeUnixNano").GetString());
        Assert.Equal(120, trace.GetProperty("durationMs").GetInt64());
        var set = trace.GetProperty("spanSets")[0];
        Assert.Equal(matched, set.GetProperty("matched").GetInt64());
        Assert.Equal(firstSpan, set.GetProperty("spans")[0].GetProperty("spanID").GetString());
        Assert.Equal(
            """{"pay":{"spanCount":1,"errorCount":1},"shop":{"spanCount":1,"errorCount":0}}""",
            trace.GetProperty("serviceStats").GetRawText()
        );
        Assert.True(answer.TryGetProperty("metrics", out _));
    }

    [Fact]
    public async Task Selected_attributes_come_with_the_spans()
    {
        var answer = await host.GetAsync("tempo/api/search?" + Query("{ status = error } | select(span.amount, span.http.route, status)"));
        var attributes = answer
            .GetProperty("traces")[0]
            .GetProperty("spanSet")
            .GetProperty("spans")[0]
            .GetProperty("attributes")
            .EnumerateArray()
            .ToDictionary(a => a.GetProperty("key").GetString()!, a => a.GetProperty("value").GetRawText());
        Assert.Equal("""{"doubleValue":9.5}""", attributes["amount"]);
        Assert.Equal("""{"stringValue":"/pay"}""", attributes["http.route"]);
        Assert.Equal("""{"stringValue":"error"}""", attributes["status"]);
        Assert.Equal("""{"stringValue":"pay"}""", attributes["service.name"]);
    }

    [Fact]
    public async Task The_search_of_old_takes_tags_and_durations()
    {
        var answer = await host.GetAsync(
            $"tempo/api/search?tags={Uri.EscapeDataString("service.name=pay http.route=\"/pay\"")}&minDuration=100ms&maxDuration=1s&limit=5&{TempoHost.Window}"
        );
        Assert.Single(answer.GetProperty("traces").EnumerateArray());
        answer = await host.GetAsync($"tempo/api/search?minDuration=200ms&{TempoHost.Window}");
        Assert.Empty(answer.GetProperty("traces").EnumerateArray());
    }

    /// <summary>"The value is matched as a case-insensitive substring."</summary>
    [Theory]
    [InlineData("service.name=PA", 1)]
    [InlineData("http.route=/PAY", 1)]
    [InlineData("http.route=p.y", 0)]
    [InlineData("items=3", 1)]
    [InlineData("items=2", 0)]
    [InlineData("name=\"post /b\"", 1)]
    [InlineData("root.service.name=hop", 1)]
    public async Task A_tag_is_looked_for_anywhere_in_a_value(string tags, int found)
    {
        var answer = await host.GetAsync($"tempo/api/search?tags={Uri.EscapeDataString(tags)}&{TempoHost.Window}");
        Assert.Equal(found, answer.GetProperty("traces").GetArrayLength());
    }

    [Theory]
    [InlineData("{ status = error }", "", "a2", "PARTIAL")]
    [InlineData("{ status = error }", "&keep_hierarchy=true", "a1 a2", "COMPLETE")]
    [InlineData("{ status = error }", "&keep_hierarchy=true&ancestor_depth=0", "a2", "PARTIAL")]
    [InlineData("{ name = \"POST /buy\" }", "", "a1", "PARTIAL")]
    [InlineData("{ name = \"POST /buy\" }", "&match_depth=-1", "a1 a2", "COMPLETE")]
    [InlineData("{ name = \"no such\" }", "", "", "PARTIAL")]
    public async Task A_trace_can_be_narrowed_to_spans(string query, string more, string spans, string status)
    {
        var answer = await host.GetAsync($"tempo/api/v2/traces/{TempoHost.TraceId}?{Query(query)}{more}");
        Assert.Equal(status, answer.GetProperty("status").GetString());
        var found = answer
            .GetProperty("trace")
            .GetProperty("resourceSpans")
            .EnumerateArray()
            .SelectMany(r => r.GetProperty("scopeSpans").EnumerateArray())
            .SelectMany(s => s.GetProperty("spans").EnumerateArray())
            .Select(s => Convert.ToHexStringLower(s.GetProperty("spanId").GetBytesFromBase64()).TrimStart('0'));
        Assert.Equal(spans, string.Join(' ', found));
    }

    [Theory]
    [InlineData("q=%7B+%7D+%7C+rate()", "spanset filter")]
    [InlineData("q=%7B+rootName+%3D+%22x%22+%7D", "spanset filter")]
    [InlineData("q=%7B+status+%3D+error+%7D&match_depth=-2", "'match_depth'")]
    [InlineData("q=%7B+status+%3D+error+%7D&keep_hierarchy=maybe", "'keep_hierarchy'")]
    [InlineData("start=9&end=8", "'start'")]
    public async Task A_bad_request_for_a_trace_is_told_what_to_do(string parameters, string told) =>
        Assert.Contains(
            told,
            await host.TextAsync($"tempo/api/v2/traces/{TempoHost.TraceId}?{parameters}", HttpStatusCode.BadRequest),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("q=%7B+service.name+%3D+%22x%22+%7D", "Did you mean: { resource.service.name")]
    [InlineData("q=%7B+%7D+%7C+rate()", "query_range")]
    [InlineData("q=%7B+%7D&limit=none", "'limit'")]
    [InlineData("q=%7B+%7D&tags=a%3Db", "'q' and 'tags'")]
    [InlineData("q=%7B+%7D&start=5&end=4", "'start'")]
    public async Task A_bad_request_is_told_what_to_do(string parameters, string told) =>
        Assert.Contains(told, await host.TextAsync("tempo/api/search?" + parameters, HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "batches")]
    [InlineData(2, "trace")]
    public async Task A_trace_comes_as_json(int version, string member)
    {
        var answer = await host.GetAsync($"tempo/api/{(version == 1 ? "" : "v2/")}traces/{TempoHost.TraceId}");
        var resources = version == 1 ? answer.GetProperty(member) : answer.GetProperty(member).GetProperty("resourceSpans");
        Assert.Equal(2, resources.GetArrayLength());
        var scope = resources[1].GetProperty("scopeSpans")[0].GetProperty("scope");
        Assert.Equal("""{"name":"lib","version":"1.2","attributes":[{"key":"tier","value":{"stringValue":"gold"}}]}""", scope.GetRawText());
        var span = resources[1].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
        Assert.Equal("charge", span.GetProperty("name").GetString());
        Assert.Equal("SPAN_KIND_SERVER", span.GetProperty("kind").GetString());
        Assert.Equal("STATUS_CODE_ERROR", span.GetProperty("status").GetProperty("code").GetString());
        Assert.Equal(Convert.FromHexString("00000000000000a1"), span.GetProperty("parentSpanId").GetBytesFromBase64());
        Assert.Equal("exception", span.GetProperty("events")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("v2/")]
    public async Task A_trace_comes_as_protobuf_that_otlp_takes_back(string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"tempo/api/{version}traces/{TempoHost.TraceId}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/protobuf"));
        using var reply = await host.Http.SendAsync(request);
        Assert.Equal("application/protobuf", reply.Content.Headers.ContentType?.MediaType);
        var bytes = await reply.Content.ReadAsByteArrayAsync();
        Assert.Contains("card declined", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        if (version.Length > 0)
            return;

        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var taken = await host.Http.PostAsync(new Uri("v1/traces", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Empty(await taken.Content.ReadAsByteArrayAsync());
        var answer = await host.GetAsync("tempo/api/search?" + Query("{ } | count() = 2"));
        Assert.Single(answer.GetProperty("traces").EnumerateArray());
    }

    [Fact]
    public async Task An_unknown_trace_is_not_found()
    {
        await host.TextAsync("tempo/api/traces/00000000000000000000000000000001", HttpStatusCode.NotFound);
        await host.TextAsync("tempo/api/v2/traces/xyz", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Tags_come_by_scope()
    {
        var scopes = (await host.GetAsync("tempo/api/v2/search/tags?" + TempoHost.Window))
            .GetProperty("scopes")
            .EnumerateArray()
            .ToDictionary(
                s => s.GetProperty("name").GetString()!,
                s => s.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ToList()
            );
        Assert.Equal(["cart.id"], scopes["span"]);
        Assert.Equal(["service.name"], scopes["resource"]);
        Assert.Contains("rootServiceName", scopes["intrinsic"]);
        var old = await host.GetAsync("tempo/api/search/tags?" + TempoHost.Window);
        Assert.Equal(["cart.id", "service.name"], old.GetProperty("tagNames").EnumerateArray().Select(t => t.GetString()));
    }

    [Theory]
    [InlineData("scope=intrinsic&limit=1", "childCount")]
    [InlineData("limit=1&maxStaleValues=5", "cart.id")]
    [InlineData("scope=resource", "service.name")]
    public async Task Tags_are_limited_to_a_scope_and_a_number(string parameters, string name)
    {
        var answer = await host.GetAsync($"tempo/api/search/tags?{parameters}&{TempoHost.Window}");
        Assert.Equal(name, Assert.Single(answer.GetProperty("tagNames").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Tags_are_those_of_the_spans_that_a_query_picks()
    {
        var scopes = (await host.GetAsync("tempo/api/v2/search/tags?" + Query("{ status = error }")))
            .GetProperty("scopes")
            .EnumerateArray()
            .ToDictionary(
                s => s.GetProperty("name").GetString()!,
                s => string.Join(' ', s.GetProperty("tags").EnumerateArray().Select(t => t.GetString()))
            );
        Assert.Equal(
            ("amount http.route vast", "service.name", "exception.type", "tier"),
            (scopes["span"], scopes["resource"], scopes["event"], scopes["instrumentation"])
        );
    }

    [Theory]
    [InlineData("span.cart%252Eid", "", """[{"type":"string","value":"c\"7"}]""")]
    [InlineData("span.cart.id", "", """[{"type":"string","value":"c\"7"}]""")]
    [InlineData("span.items", "", """[{"type":"int","value":"3"}]""")]
    [InlineData("resource.service.name", "", """[{"type":"string","value":"pay"},{"type":"string","value":"shop"}]""")]
    [InlineData("name", "&q=%7Bresource.service.name%3D%22pay%22%7D", """[{"type":"string","value":"charge"}]""")]
    [InlineData(
        "status",
        "",
        """[{"type":"keyword","value":"unset"},{"type":"keyword","value":"ok"},{"type":"keyword","value":"error"}]"""
    )]
    public async Task Values_of_a_tag_come_with_their_type(string tag, string narrowed, string values)
    {
        var answer = await host.GetAsync($"tempo/api/v2/search/tag/{tag}/values?{TempoHost.Window}{narrowed}");
        Assert.Equal(values, answer.GetProperty("tagValues").GetRawText());
    }

    [Fact]
    public async Task The_older_values_are_plain_texts()
    {
        var answer = await host.GetAsync("tempo/api/search/tag/cart.id/values?" + TempoHost.Window);
        Assert.Equal(["c\"7"], answer.GetProperty("tagValues").EnumerateArray().Select(v => v.GetString()));
    }
}
