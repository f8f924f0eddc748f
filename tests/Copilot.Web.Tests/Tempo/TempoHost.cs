using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Copilot.Ingest;
using Copilot.Store;
using Copilot.Testing;
using Copilot.Web.Tempo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Copilot.Web.Tests.Tempo;

/// <summary>The intake and the Tempo interface on a real port, over a database of its own with one trace that came in by OTLP.</summary>
public sealed class TempoHost : IAsyncLifetime
{
    public const long StartSeconds = 1_767_225_600;
    public const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private readonly PostgresFixture _postgres = new();
    private WebApplication? _app;

    public HttpClient Http { get; } = new();

    public static string Window => string.Create(CultureInfo.InvariantCulture, $"start={StartSeconds - 60}&end={StartSeconds + 60}");

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddStore(builder.Configuration);
        builder.Services.AddSingleton(_postgres.Database);
        // The fixture starts and stops the database; no background work is watched here.
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddIngest(builder.Configuration);
        _app = builder.Build();
        _app.MapOtlp();
        _app.MapTempo();
        await _app.StartAsync();
        Http.BaseAddress = new Uri(_app.Urls.First());
        using var reply = await Http.PostAsync(
            new Uri("v1/traces", UriKind.Relative),
            new StringContent(Otlp(), Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        await _postgres.ScalarAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                insert into attribute_keys (level, key, service_id, type, entry, last_seen_ns)
                select l, k, v.id, 'string', true, {StartSeconds}000000000 from services v, (values ('span', 'cart.id'), ('resource', 'service.name')) a(l, k);
                insert into attribute_values (level, key, service_id, value, type, entry, seen, last_seen_ns)
                select 'span', 'cart.id', v.id, 'c"7', 'string', true, 1, {StartSeconds}000000000 from services v where v.name = 'shop'
                """
            )
        );
    }

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await TextAsync(path, expected);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public async Task<string> TextAsync(string path, HttpStatusCode expected)
    {
        using var reply = await Http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(expected == reply.StatusCode, $"{path}: {(int)reply.StatusCode} {text}");
        return text;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private static string Otlp()
    {
        var start = StartSeconds * 1_000_000_000;
        object Attribute(string key, object value) => new { key, value };
        object Span(string id, string? parent, string name, int kind, long at, long ms, int status, params object[] attributes) =>
            new
            {
                traceId = TraceId,
                spanId = id,
                parentSpanId = parent,
                name,
                kind,
                startTimeUnixNano = (start + (at * 1_000_000)).ToString(CultureInfo.InvariantCulture),
                endTimeUnixNano = (start + ((at + ms) * 1_000_000)).ToString(CultureInfo.InvariantCulture),
                attributes,
                status = new { code = status, message = status == 2 ? "card declined" : "" },
                events = status == 2
                    ? new[]
                    {
                        new
                        {
                            timeUnixNano = (start + ((at + 1) * 1_000_000)).ToString(CultureInfo.InvariantCulture),
                            name = "exception",
                            attributes = new[] { Attribute("exception.type", new { stringValue = "Declined" }) },
                        },
                    }
                    : [],
                links = status == 2 ? new[] { new { traceId = "11111111111111111111111111111111", spanId = "2222222222222222" } } : [],
            };
        object Service(string name, params object[] spans) =>
            new
            {
                resource = new { attributes = new[] { Attribute("service.name", new { stringValue = name }) } },
                scopeSpans = new[]
                {
                    new
                    {
                        scope = new
                        {
                            name = "lib",
                            version = "1.2",
                            attributes = new[] { Attribute("tier", new { stringValue = "gold" }) },
                        },
                        spans,
                    },
                },
            };
        return JsonSerializer.Serialize(
            new
            {
                resourceSpans = new[]
                {
                    Service(
                        "shop",
                        Span(
                            "00000000000000a1",
                            null,
                            "POST /buy",
                            2,
                            0,
                            120,
                            0,
                            Attribute("cart.id", new { stringValue = "c\"7" }),
                            Attribute("items", new { intValue = "3" }),
                            Attribute("vast", new { doubleValue = 1.7e308 })
                        )
                    ),
                    Service(
                        "pay",
                        Span(
                            "00000000000000a2",
                            "00000000000000a1",
                            "charge",
                            2,
                            10,
                            90,
                            2,
                            Attribute("amount", new { doubleValue = 9.5 }),
                            Attribute("vast", new { doubleValue = 1.7e308 }),
                            Attribute("http.route", new { stringValue = "/pay" })
                        )
                    ),
                },
            }
        );
    }
}
