using Copilot.Access;
using Copilot.Answers;
using Copilot.Diagnosis;
using Copilot.Incidents;
using Copilot.Ingest;
using Copilot.Instrument;
using Copilot.Mcp;
using Copilot.Models;
using Copilot.Ownership;
using Copilot.Slack;
using Copilot.Store;
using Copilot.Store.Server;
using Copilot.Telemetry.Spans;
using Copilot.Web.Api;
using Copilot.Web.Api.Edge;
using Copilot.Web.Chat;
using Copilot.Web.Configuration;
using Copilot.Web.Data;
using Copilot.Web.Hosting;
using Copilot.Web.Incidents;
using Copilot.Web.Map;
using Copilot.Web.Queries;
using Copilot.Web.Shell;
using Copilot.Web.SignIn;
using Copilot.Web.Tempo;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using MudBlazor.Services;

PrivateFolder.KeepNewFilesPrivate();
LaunchOptions launch;
WebApplicationBuilder builder;
IReadOnlyList<string> notes;
try
{
    launch = LaunchOptions.Parse(args);
    if (launch.Version)
    {
        Console.Out.WriteLine(OwnService.Version);
        return 0;
    }

    if (launch.Settings)
    {
        Console.Out.Write(SettingsDocument.Write());
        return 0;
    }

    builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = launch.Rest, ContentRootPath = AppContext.BaseDirectory });
    notes = SettingsReading.Apply(builder.Configuration);
    launch.ApplyTo(builder);
    if ((launch.Backup ?? launch.Restore) is { } file)
    {
        await BackupCommand.RunAsync(launch, StoreRegistration.Options(builder.Configuration), file, Console.Out);
        return 0;
    }

    if (!launch.Routes)
        PortCheck.Run(launch);
}
catch (Exception refused)
    when (refused
            is ArgumentException
                or InvalidOperationException
                or SettingsRefusedException
                or StartRefusedException
                or StoreException
                or InvalidDataException
                or FormatException
    )
{
    Console.Error.WriteLine(refused.Message);
    return 2;
}

// Under systemd it says when it is ready, and its log lines carry their level; elsewhere this does nothing.
builder.Services.AddSystemd();
builder.Services.AddSingleton(TimeProvider.System);

// The store first: it starts before all that needs it, and stops after.
builder.Services.AddStore(builder.Configuration);
builder.Services.AddAccess(builder.Configuration);
builder.Services.AddIngest(builder.Configuration);
builder.Services.AddOwnership(builder.Configuration);
builder.Services.AddDiagnosis();
builder.Services.AddIncidents(builder.Configuration);
builder.Services.AddInstrument();
builder.Services.AddAnswers(builder.Configuration);
builder.Services.AddModels(builder.Configuration);
builder.Services.AddMcp();
builder.Services.AddSlack(builder.Configuration);
builder.Services.AddWatch(builder.Configuration);
builder.Services.AddRecording();
builder.Services.AddSignIn(builder.Configuration);
builder.Services.AddRequestLimits();
builder.Services.AddHostedService<SelfTracing>();
builder.Services.AddScoped<BrowserBridge>();
builder.Services.AddScoped<ActorName>();
builder.Services.AddSingleton<QueryExamplesLoader>();
builder.Services.AddSingleton<MapLayouts>();
builder.Services.AddSingleton<OpenQuestions>();
builder.Services.AddAssetDelivery();
builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.AddFilter<EventsInTurn>());
builder.Services.AddScoped<CircuitHandler, EventsInTurn.OfCircuit>();
builder.Services.AddCascadingAuthenticationState();
builder.Services.AddMudServices();
builder.Services.AddRequestEdge();
builder.Services.AddApiDescription();
builder.Services.AddExceptionHandler<StoreUnavailable>();
builder.Services.AddHealth();

// What keeps it from starting is told below, in its own words and without where in the code it was met.
var started = false;
builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);

var app = builder.Build();
app.Lifetime.ApplicationStarted.Register(() =>
{
    started = true;
    // Whoever started it knows by this that it is this one that answers, and not another on the same port.
    Console.WriteLine("Ready.");
});

app.UseKnownProxies();
app.UseHostNames();

// What no endpoint foresaw is told as a problem to programs and as a page to people.
app.UseExceptionHandler();
app.UseWhen(
    http =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal),
    pages => pages.UseStatusCodePagesWithReExecute("/not-found")
);

// What can be read can be asked for without its body: checks of proxies and monitors do.
app.Use(
    (http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }
);
app.UseRouting();
app.UseAssetDelivery();
app.UseSecurityHeaders();
app.UseDoors();
app.UseRequestEdge();
app.UseCrossSiteGuard();
app.UseAuthentication();
app.UseRequestLimits();
app.UseAuthorization();
app.UseRequestRecord();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapHealth();
app.MapOtlp();
app.MapChanges();
app.MapImport();
app.MapCatalog();
app.MapCauses();
app.MapProposals();
app.MapIncidents();
app.MapAlerts();
app.MapInvestigations();
app.MapInstrumentation();
app.MapStatus();
app.MapTraces();
app.MapTraceDownloads();
app.MapAsk();
app.MapConversations();
app.MapSlack();
app.MapSignIn();
app.MapKeys();
app.MapAuditLog();
app.MapData();
app.MapDataExport();
app.MapTempo();
app.MapMcpServer();
app.MapTranslation();
app.MapOpenApi(ApiDescription.Path);
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

if (launch.Routes)
{
    RouteList.Write(app, Console.Out);
    return 0;
}

foreach (
    var door in ListenRules.Describe(
        launch,
        app.Services.GetRequiredService<SignInOptions>(),
        app.Services.GetRequiredService<IngestOptions>()
    )
)
    Console.WriteLine(door);
foreach (var note in notes.Select(note => "Note: " + note).Append(ModelSettings.Told(builder.Configuration)).OfType<string>())
    Console.WriteLine(note);
try
{
    app.Run();
    return 0;
}
catch (Exception refused) when (!started && refused is StoreException or IOException { InnerException: AddressInUseException })
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

/// <summary>The app's entry point, named so that tests can start it.</summary>
public partial class Program;
