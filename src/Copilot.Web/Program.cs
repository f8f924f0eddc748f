using Copilot.Store;
using Copilot.Store.Reads;
using Copilot.Web.Hosting;
using Copilot.Web.Shell;
using Radzen;

var launch = LaunchOptions.Parse(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = launch.Rest, ContentRootPath = AppContext.BaseDirectory });
launch.ApplyTo(builder);

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(launch);
builder.Services.AddStore(builder.Configuration).AddReads();
builder.Services.AddScoped<BrowserBridge>();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
builder.Services.AddHealthChecks();

var app = builder.Build();

app.UseAntiforgery();
app.MapStaticAssets();
app.MapHealthChecks("/healthz");
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

app.Run();

/// <summary>The app's entry point, named so that tests can start it.</summary>
public partial class Program;
