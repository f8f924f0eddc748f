using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Copilot.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Copilot.Web.Tests.Edge;

/// <summary>The app as it is composed, on a real port over a database of its own. Slack is set up, so that its routes are there; nothing is
/// sent to it.</summary>
public sealed class WholeApp : IAsyncLifetime
{
    public const string SlackSecret = "secret-of-the-test";

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly Action<IServiceCollection> _compose;
    private readonly PostgresFixture _postgres = new();
    private readonly FailureLog _failures = new();
    private WebApplicationFactory<Program> _factory = null!;

    public WholeApp()
        : this(new Dictionary<string, string>()) { }

    /// <param name="settings">Beside those that all have.</param>
    /// <param name="compose">What it is composed of else; null where nothing is to be sent to Slack.</param>
    internal WholeApp(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? compose = null) =>
        (_settings, _compose) = (settings, compose ?? WithoutSlacksWorkers);

    public IServiceProvider Services => _factory.Services;

    public HttpClient Http { get; } =
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            }
        );

    public int Port { get; private set; }

    /// <summary>What the app thought worth an error, newest last.</summary>
    public IReadOnlyCollection<string> Failures => _failures.Told;

    public IReadOnlyList<RouteEndpoint> Routes =>
        [.. _factory.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()];

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        Port = FreePorts.Take();
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment(Environments.Production);
            web.UseSetting("port", Port.ToString(CultureInfo.InvariantCulture));
            web.UseSetting("ConnectionStrings:Copilot", _postgres.ConnectionString);
            web.UseSetting("Slack:BotToken", "xoxb-of-the-test");
            web.UseSetting("Slack:SigningSecret", SlackSecret);
            foreach (var (key, value) in _settings)
                web.UseSetting(key, value);
            web.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_failures).SetMinimumLevel(LogLevel.Error));
            web.ConfigureServices(_compose);
        });
        _factory.UseKestrel();
        _factory.StartServer();
        Http.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_factory is not null)
            await _factory.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>Runs one statement on its database.</summary>
    public Task<object?> ExecuteAsync(string sql) => _postgres.ScalarAsync(sql);

    // What is taken from Slack stays in the database: its workers would answer to the real one.
    private static void WithoutSlacksWorkers(IServiceCollection services)
    {
        foreach (
            var worker in services
                .Where(s =>
                    s.ServiceType == typeof(IHostedService)
                    && s.ImplementationType?.Namespace?.StartsWith("Copilot.Slack", StringComparison.Ordinal) == true
                )
                .ToList()
        )
            services.Remove(worker);
    }

    private sealed class FailureLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _told = [];

        public IReadOnlyCollection<string> Told => _told;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _told.Enqueue(exception is null ? formatter(state, exception) : string.Join('\n', exception.ToString().Split('\n').Take(14)));

        public void Dispose() { }
    }
}
