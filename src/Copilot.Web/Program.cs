using Copilot.Agent;
using Copilot.Incidents;
using Copilot.Ingest;
using Copilot.Ingest.Changes;
using Copilot.Ingest.Importing;
using Copilot.Slack;
using Copilot.Store;
using Copilot.Watch;
using Copilot.Web.Api;
using Copilot.Web.Api.Conversations;
using Copilot.Web.Api.Edge;
using Copilot.Web.Api.Traces;
using Copilot.Web.Hosting;
using Copilot.Web.Queries;
using Copilot.Web.Shell;
using Copilot.Web.Slack;
using Copilot.Web.Tempo;
using MudBlazor.Services;

var launch = LaunchOptions.Parse(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = launch.Rest, ContentRootPath = AppContext.BaseDirectory });
launch.ApplyTo(builder);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(launch);
// The store first: it starts before all that needs it, and stops after.
builder.Services.AddStore(builder.Configuration);
builder.Services.AddIngest(builder.Configuration);
builder.Services.AddIncidents(builder.Configuration);
builder.Services.AddAgent(builder.Configuration);
builder.Services.AddSlack(builder.Configuration);
builder.Services.AddWatch(builder.Configuration);
builder.Services.AddHostedService<SelfTracing>();
builder.Services.AddScoped<BrowserBridge>();
builder.Services.AddSingleton<QueryExamplesLoader>();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddMudServices();
builder.Services.AddRequestEdge();
builder.Services.AddExceptionHandler<StoreUnavailable>();
builder.Services.AddHealthChecks().AddCheck<StoreHealth>("store");

var app = builder.Build();

// What no endpoint foresaw is told as a problem to programs and as a page to people.
app.UseExceptionHandler();
app.UseWhen(
    http => HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal),
    pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
app.UseRouting();
app.UseRequestEdge();
app.UseCrossSiteGuard();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapHealthChecks("/healthz");
app.MapOtlp();
app.MapChanges();
app.MapImport();
app.MapCatalog();
app.MapCauses();
app.MapProposals();
app.MapIncidents();
app.MapAlerts();
app.MapInvestigations();
app.MapStatus();
app.MapTraces();
app.MapAsk();
app.MapConversations();
app.MapSlack();
app.MapTempo();
app.MapTranslation();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

app.Run();

/// <summary>The app's entry point, named so that tests can start it.</summary>
public partial class Program;
