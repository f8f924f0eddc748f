using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Copilot.Answers.Contract;
using Copilot.Diagnosis;
using Copilot.Incidents;
using Copilot.Incidents.Outbox;
using Copilot.Ownership;
using Copilot.Slack;
using Copilot.Store;
using Copilot.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Copilot.Web.Tests.Slack;

/// <summary>What reaches Slack's request URLs: nothing without a signature that holds.</summary>
public sealed class SlackEndpointsTests : IAsyncLifetime
{
    private const string Secret = "secret-of-the-test";

    private readonly HttpClient _client = new();
    private readonly TakenDeliveries _taken = new();
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Slack:BotToken"] = "xoxb-x", ["Slack:SigningSecret"] = Secret }
        );
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddStore(builder.Configuration);
        builder.Services.AddOwnership(builder.Configuration).AddDiagnosis().AddIncidents(builder.Configuration);
        builder.Services.AddSlack(builder.Configuration);
        builder.Services.AddSingleton<ICopilot, SilentCopilot>();
        builder.Services.AddSingleton<IDeliveries>(_taken);
        builder.Services.AddAntiforgery();
        // Nothing is worked off here: what the endpoints take and give at once is all that is looked at.
        foreach (
            var service in builder
                .Services.Where(service =>
                    service.ServiceType == typeof(IHostedService)
                    && service.ImplementationType?.Namespace?.StartsWith("Copilot", StringComparison.Ordinal) == true
                )
                .ToList()
        )
            builder.Services.Remove(service);
        _app = builder.Build();
        _app.UseAntiforgery();
        _app.MapSlack();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_signed_command_is_acknowledged_without_a_word_that_would_stay_beside_its_answer()
    {
        var answer = await SendAsync(
            "/slack/commands",
            "command=%2Fcopilot&text=why%3F&user_id=U1&response_url=https%3A%2F%2Fhooks.example%2Fx",
            form: true
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        Assert.Equal("command", Assert.Single(_taken.Kinds));
    }

    [Fact]
    public async Task What_could_not_be_kept_is_not_acknowledged_so_that_it_comes_again()
    {
        _taken.Fails = true;
        var answer = await SendAsync("/slack/commands", "command=%2Fcopilot&text=why%3F&user_id=U1", form: true);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task The_challenge_is_given_back_only_when_signed()
    {
        const string challenge = """{"type":"url_verification","challenge":"3eZbrw1a"}""";
        Assert.Equal("3eZbrw1a", await (await SendAsync("/slack/events", challenge)).Content.ReadAsStringAsync());
        using var unsigned = new StringContent(challenge, Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _client.PostAsync("/slack/events", unsigned)).StatusCode);
    }

    [Fact]
    public async Task Old_foreign_broken_and_oversized_requests_are_refused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("/slack/events", "{}", age: TimeSpan.FromMinutes(6))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("/slack/events", "{}", secret: "another")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("/slack/events", "{ not json")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("/slack/interactivity", "payload=", form: true)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync("/slack/events", new string(' ', 2_000_000))).StatusCode);
    }

    [Fact]
    public async Task The_manifest_holds_the_addresses_and_scopes()
    {
        var manifest = JsonDocument.Parse(await _client.GetStringAsync("/api/v1/slack/manifest?url=https://copilot.example")).RootElement;
        Assert.Equal(
            "https://copilot.example/slack/events",
            manifest.GetProperty("settings").GetProperty("event_subscriptions").GetProperty("request_url").GetString()
        );
        Assert.Contains(
            "channels:manage",
            manifest
                .GetProperty("oauth_config")
                .GetProperty("scopes")
                .GetProperty("bot")
                .EnumerateArray()
                .Select(scope => scope.GetString())
        );
        var socket = JsonDocument.Parse(await _client.GetStringAsync("/api/v1/slack/manifest")).RootElement;
        Assert.True(socket.GetProperty("settings").GetProperty("socket_mode_enabled").GetBoolean());
    }

    private async Task<HttpResponseMessage> SendAsync(
        string path,
        string body,
        bool form = false,
        TimeSpan age = default,
        string secret = Secret
    )
    {
        var timestamp = (DateTimeOffset.UtcNow - age).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature =
            "v0="
            + Convert.ToHexStringLower(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"))
            );
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, form ? "application/x-www-form-urlencoded" : "application/json"),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", signature);
        return await _client.SendAsync(request);
    }

    private sealed class TakenDeliveries : IDeliveries
    {
        public List<string> Kinds { get; } = [];

        public bool Fails { get; set; }

        public Task<bool> TakeAsync(string source, string key, string kind, string body, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new StoreAway();
            Kinds.Add(kind);
            return Task.FromResult(true);
        }

        public Task<Delivery?> NextAsync(string source, CancellationToken cancellationToken) => Task.FromResult<Delivery?>(null);

        public Task DoneAsync(Delivery delivery, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task FailedAsync(Delivery delivery, string error, TimeSpan? again, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public Task ReleaseOfTheDeadAsync(string source, CancellationToken cancellationToken) => Task.CompletedTask;

        private sealed class StoreAway : System.Data.Common.DbException;
    }

    private sealed class SilentCopilot : ICopilot
    {
        public Task<Answer> AskAsync(AskRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is asked here.");

        public IAsyncEnumerable<AnswerPart> AskInPartsAsync(AskRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is asked here.");
    }
}
