using Copilot.Access;
using Copilot.Access.Audit;
using Copilot.Answers;
using Copilot.Diagnosis.Watch;
using Copilot.Incidents;
using Copilot.Ingest;
using Copilot.Models.Audit;
using Copilot.Models.Providers;
using Copilot.Ownership.Sources;
using Copilot.Slack;
using Copilot.Store;
using Copilot.Store.Commands;
using Copilot.Store.Retention;
using Copilot.Web.Hosting;
using static Copilot.Web.Configuration.SettingForm;

namespace Copilot.Web.Configuration;

/// <summary>Every setting there is. What is not here is refused, and docs/settings.md is written from it.</summary>
public static class SettingsTable
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    public static IReadOnlyList<SettingSection> Sections { get; } =
    [
        new(
            "Your own Postgres",
            null,
            [
                new("ConnectionStrings:Copilot", Text("a connection string as Npgsql reads it"), "a Postgres 15 or newer of your own")
                {
                    Without = "a managed server in the data folder",
                },
            ]
        ),
        new(
            "The store",
            new StoreOptions(),
            [
                new("Store:DataFolder", Text("a folder"), "where the managed server lives; `--data DIR` says the same")
                {
                    Without = "`.data` with `deploy/run.sh`, else a folder of the user's (of root's: `/var/lib/observability-copilot`)",
                },
                new("Store:PostgresBinaries", Text("a folder"), "where `initdb`, `pg_ctl` and `postgres` are") { Without = "found" },
                new("Store:RunAs", Text("a user of this machine"), "who runs the managed server when the app is root"),
                new("Store:MaxConnections", Count(5, 500), "how many connections the app opens at most") { Fine = true },
                new("Store:WriteLimit", Duration("1s", "10m"), "how long one transaction of the intake may take") { Fine = true },
                new("Store:Durable", Flag, "false gives up what was written last when the machine dies: for tests alone") { Fine = true },
            ]
        ),
        new(
            "What a question may cost",
            new QueryBudget(),
            [
                new("Store:Queries:MaxSpans", Count(1_000, 10_000_000_000), "how many spans a query may read; about a million a second"),
                new("Store:Queries:MaxTime", Duration("1s", "10m"), "how long a question over HTTP may take"),
            ]
        )
        {
            Path = "Store:Queries",
        },
        new(
            "How long telemetry is kept",
            new RetentionOptions(),
            [
                new("Retention:HotWindow", Duration("1m", "365d"), "every span stays this long"),
                new("Retention:KeepFor", Duration("1h", "3650d"), "what is interesting and the uniform share stay this long"),
                new("Retention:UniformShare", Share(0.0001), "the share of ordinary traces that stays, with its weight"),
                new("Retention:Distill", Flag, "false keeps every span until `Retention__KeepFor`"),
                new("Retention:KeepMinutesFor", Duration("1h", "3650d"), "numbers by the minute stay this long; numbers by the hour stay"),
                new("Retention:DropImported", Flag, "true lets what was imported go like the rest"),
            ]
        ),
        new(
            "Taking telemetry in",
            new IngestOptions(),
            [
                new("Ingest:Keys:*", Secret("a secret"), "a sender's key, asked of senders on other machines (`Authorization: Bearer`)"),
                new("Ingest:BodyLimit", Size(KiB, GiB), "the largest body, after decompression too"),
                new("Ingest:BodiesInFlight", Size(MiB, 64 * GiB), "bytes of bodies that may be in memory at once") { Fine = true },
                new("Ingest:ShedFrom", Count(100, 10_000_000), "items waiting from which on ordinary traces are counted and not stored"),
                new("Ingest:PushBackFrom", Count(100, 10_000_000), "items waiting from which on senders are asked to wait"),
            ]
        ),
        new(
            "A model",
            new ModelOptions(),
            [
                new("Model:Provider", OneOf("openai", "azure", "anthropic", "compatible"), "who answers") { Optional = true },
                new("Model:Name", Text("a name"), "the model's name; at Azure the deployment's"),
                new("Model:ApiKey", Secret("a key"), "the key; Azure works with this machine's identity too"),
                new("Model:BaseUrl", Address, "where it is, for `azure` and `compatible`") { Optional = true },
                new("Model:Default", Flag, "the model answers wherever a question does not choose (`engine`)"),
                new("Model:Limits:Time", Duration("1s", "10m"), "how long a question may use the model"),
                new("Model:Limits:Steps", Count(1, 100), "how many rounds of calls a question may take"),
                new("Model:Limits:Tokens", Count(1_000, 100_000_000), "tokens of all rounds together"),
                new("Model:Limits:Money", Amount, "what a question may cost; needs a price"),
                new("Model:Limits:CallsPerStep", Count(1, 100), "calls of one round") { Fine = true },
                new("Model:Limits:AnswerTokens", Count(50, 1_000_000), "tokens of one round's answer") { Fine = true },
                new("Model:Limits:ResultTokens", Count(50, 1_000_000), "tokens of one tool's result that the model sees") { Fine = true },
                new("Model:Prices:#:Model", Text("a model's name"), "whose price it is, as `Model__Name` has it"),
                new("Model:Prices:#:Input", Amount, "the price of a million tokens that go in"),
                new("Model:Prices:#:Output", Amount, "the price of a million tokens that come out"),
                new("Model:Currency", Text("a currency"), "what prices are in"),
            ]
        ),
        new(
            "What leaves for a model",
            new RedactionOptions(),
            [
                new("Redaction:Keys:#", Text("a key such as `iban`"), "keys whose values never leave, besides the usual ones")
                {
                    Without = "the usual ones",
                },
            ]
        ),
        new(
            "The record of what left",
            new AuditOptions(),
            [new("Audit:KeepFor", Duration("1h", "3650d"), "how long it stays (`GET /api/v1/audit`)")]
        ),
        new(
            "The copilot's spans about itself",
            new TracingOptions(),
            [
                new("Tracing:Enabled", Flag, "whether they are in its own store"),
                new("Tracing:Content", Flag, "whether they hold the words of questions and answers, after redaction"),
            ]
        ),
        new(
            "Slack",
            new SlackOptions(),
            [
                new("Slack:BotToken", Secret("xoxb-…"), "turns Slack on"),
                new("Slack:SigningSecret", Secret("a secret"), "proves that requests come from Slack"),
                new("Slack:AppToken", Secret("xapp-…"), "events come through a socket instead of requests"),
                new("Slack:FindingsChannel", Text("a channel's id such as C0123456789"), "where the watch tells what it found"),
                new("Slack:MayCreate:#", Text("a user's id such as U0123456789"), "who may create incident rooms and resolve incidents")
                {
                    Without = "everybody",
                },
                new("Slack:ApiUrl", Address, "Slack's interface") { Fine = true },
            ]
        ),
        new(
            "The watch",
            new WatchOptions(),
            [
                new("Watch:Enabled", Flag, "whether it watches by itself"),
                new("Watch:CloserShare", Share(0), "the share of its time for looking into samples where the rollups show nothing"),
                new("Watch:CloseAfter", Duration("1m", "1d"), "how long it must be quiet before an investigation is closed"),
                new("Watch:ReopenWithin", Duration("0", "1d"), "how soon the same trouble opens the same investigation") { Fine = true },
                new("Watch:Settle", Duration("0", "10m"), "how long it waits for spans that are late") { Fine = true },
                new("Watch:Past", Duration("2m", "1d"), "what a minute is compared with") { Fine = true },
                new("Watch:QuietFrom", Duration("10m", "7d"), "how far back a quiet past is looked for") { Fine = true },
                new("Watch:Usual", Duration("10m", "7d"), "how much of the past says what is usual") { Fine = true },
                new("Watch:Longest", Duration("1m", "1h"), "the longest window it looks into") { Fine = true },
                new("Watch:EnoughTraces", Count(1, 1_000_000), "traces that are enough to look into") { Fine = true },
                new("Watch:FewestTraces", Count(1, 1_000_000), "traces without which it does not look") { Fine = true },
            ]
        ),
        new(
            "The catalogue",
            new CatalogOptions(),
            [
                new("Catalog:Folders:#", Text("a folder"), "folders and Git checkouts that are read again on a schedule"),
                new("Catalog:BackstageUrl", Address, "a Backstage server whose catalogue is read"),
                new("Catalog:BackstageToken", Secret("a token"), "its token"),
                new("Catalog:RefreshEvery", Duration("10s", "7d"), "how often all of these and PagerDuty are read"),
            ]
        ),
        new(
            "PagerDuty",
            new PagerDutyOptions(),
            [
                new("PagerDuty:ApiToken", Secret("a read-only REST key"), "who is on call is fetched, overrides included"),
                new("PagerDuty:RoutingKey", Secret("an Events API key"), "pages for teams that have none of their own"),
                new("PagerDuty:RoutingKeys:*", Secret("an Events API key"), "pages for the team NAME"),
                new("PagerDuty:EventsUrl", Address, "where pages go") { Fine = true },
                new("PagerDuty:ApiUrl", Address, "where schedules are read") { Fine = true },
            ]
        ),
        new(
            "Incidents",
            new IncidentsOptions(),
            [
                new("Incidents:PublicUrl", Address, "the address of this app for links in Slack; it answers to that name")
                {
                    Without = "no links",
                },
                new("Incidents:AlertToken", Secret("a token"), "what alert webhooks must send as `Authorization: Bearer …`")
                {
                    Without = "nothing is asked for",
                },
                new("Incidents:ProposalsLast", Duration("5m", "365d"), "how long a preview can be confirmed") { Fine = true },
            ]
        ),
        new(
            "Signing in",
            new SignInOptions(),
            [
                new("SignIn:Oidc:Authority", Address, "an identity provider that speaks OpenID Connect: its issuer")
                {
                    Without = "one user, on this machine alone",
                },
                new("SignIn:Oidc:ClientId", Text("a client's id"), "what the provider calls this app"),
                new("SignIn:Oidc:ClientSecret", Secret("a client's secret"), "the app's secret there; PKCE is used with and without"),
                new("SignIn:Oidc:Scopes:#", Text("a scope"), "asked for beside `openid` and `profile`"),
                new("SignIn:Oidc:GroupsClaim", Text("a claim"), "the claim whose values are the groups below"),
                new("SignIn:Proxy:UserHeader", Text("a header"), "the header by which a proxy of `Hosting__Proxies__0` says who it is")
                {
                    Without = "no proxy is asked",
                },
                new("SignIn:Proxy:GroupsHeader", Text("a header"), "the header with their groups, commas between them"),
                new("SignIn:Admins:#", Text("a group"), "a group of admins; `user:NAME` for one person whom a proxy names"),
                new("SignIn:Responders:#", Text("a group"), "a group of those who may open incidents and page people"),
                new("SignIn:Viewers:#", Text("a group"), "a group of those who may look and ask"),
                new("SignIn:SessionsLast", Duration("5m", "30d"), "how long it is until somebody has to sign in again"),
                new("SignIn:CheckEvery", Duration("1s", "1h"), "how often an open page looks whether its session holds") { Fine = true },
                new("SignIn:RequestsPerMinute", Count(10, 1_000_000), "how many requests one person, key or address may make"),
                new("SignIn:QuestionsPerMinute", Count(1, 100_000), "how many questions one person or key may ask"),
            ]
        ),
        new(
            "The audit log",
            new AuditLogOptions(),
            [new("AuditLog:KeepFor", Duration("1d", "3650d"), "how long it is kept who did what (`/audit`)")]
        ),
        new(
            "What stands before the app",
            new HostingOptions(),
            [
                new(
                    "Hosting:Proxies:#",
                    Text("an address, or a network such as 10.0.0.0/8"),
                    "proxies that are believed when they say who a visitor is, or that TLS was used"
                ),
                new("Hosting:Hosts:#", Text("a name, or name:port"), "further names under which it is asked for; others get 421")
                {
                    Without = "`localhost` and its addresses",
                },
                new(
                    "Hosting:Drain",
                    Duration("0s", "5m"),
                    "how long a stop goes on answering while `/readyz` says 503, where something spreads requests over several instances"
                ),
            ]
        ),
    ];

    public static IEnumerable<Setting> All => Sections.SelectMany(section => section.Settings);

    /// <summary>What the options have where nobody sets anything, as they are bound from it.</summary>
    public static string? Beginning(Setting setting)
    {
        var section = Sections.First(section => section.Settings.Contains(setting));
        return setting.Default(section) is { } value ? setting.Form.Canonical(value) : setting.Form.Nothing;
    }
}
