using Copilot.Diagnosis.Watch;
using Copilot.Ingest;
using Copilot.Models.Providers;
using Copilot.Store.Commands;
using Copilot.Store.Retention;
using Copilot.Web.Configuration;
using Copilot.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Copilot.Web.Tests.Configuration;

/// <summary>Settings as people write them, read before anything starts.</summary>
public sealed class SettingsReadingTests
{
    [Theory]
    [InlineData("2h")]
    [InlineData("2 h")]
    [InlineData("2 hours")]
    [InlineData("120m")]
    [InlineData("1h60m")]
    [InlineData("02:00:00")]
    public void A_duration_is_read_however_it_is_written(string written) =>
        Assert.Equal(TimeSpan.FromHours(2), Bound<RetentionOptions>("Retention", ("Retention:HotWindow", written)).HotWindow);

    [Theory]
    [InlineData("14d", 14)]
    [InlineData("2 weeks", 14)]
    [InlineData("90 days", 90)]
    [InlineData("30.00:00:00", 30)]
    public void Days_and_weeks_are_durations(string written, int days) =>
        Assert.Equal(TimeSpan.FromDays(days), Bound<RetentionOptions>("Retention", ("Retention:KeepFor", written)).KeepFor);

    [Theory]
    [InlineData("64MiB", 64 * 1024 * 1024)]
    [InlineData("64 MiB", 64 * 1024 * 1024)]
    [InlineData("10MB", 10_000_000)]
    [InlineData("2000", 2000)]
    [InlineData("67,108,864 bytes", 64 * 1024 * 1024)]
    public void A_size_is_read_in_its_unit(string written, int bytes) =>
        Assert.Equal(bytes, Bound<IngestOptions>("Ingest", ("Ingest:BodyLimit", written)).BodyLimit);

    [Theory]
    [InlineData("5%", 0.05)]
    [InlineData("5 %", 0.05)]
    [InlineData("0.05", 0.05)]
    [InlineData("100%", 1)]
    public void A_share_is_read_as_a_part_or_per_cent(string written, double share) =>
        Assert.Equal(share, Bound<RetentionOptions>("Retention", ("Retention:UniformShare", written)).UniformShare, 12);

    [Fact]
    public void Other_forms_reach_their_options_too()
    {
        Assert.Equal(40_000, Bound<IngestOptions>("Ingest", ("Ingest:ShedFrom", "40,000")).ShedFrom);
        Assert.False(Bound<WatchOptions>("Watch", ("Watch:Enabled", "off")).Enabled);
        Assert.Equal(TimeSpan.FromSeconds(90), Bound<ModelOptions>("Model", ("Model:Limits:Time", "90s")).Limits.Time);
        Assert.Equal(TimeSpan.FromSeconds(5), Bound<QueryBudget>("Store:Queries", ("Store:Queries:MaxTime", "5s")).MaxTime);
        Assert.Equal(["a", "b"], Bound<HostingOptions>("Hosting", ("Hosting:Hosts:0", "a"), ("Hosting:Hosts:1", "b")).Hosts);
        Assert.Equal("secret", Bound<IngestOptions>("Ingest", ("Ingest:Keys:collector", "secret")).Keys["collector"]);
        // An environment that names a setting without a value does not set it.
        Assert.Equal(new RetentionOptions().HotWindow, Bound<RetentionOptions>("Retention", ("Retention:HotWindow", "")).HotWindow);
    }

    [Theory]
    [InlineData("Retention:UniformShare", "5", "Retention__UniformShare", "'5'", "from 0.01% to 100%")]
    [InlineData("Watch:CloserShare", "5", "Watch__CloserShare", "1% or 0.01")]
    [InlineData("Retention:HotWindow", "2", "Retention__HotWindow", "30s, 5m, 2h or 14d", "from 1m")]
    [InlineData("Retention:KeepFor", "soon", "'soon'")]
    [InlineData("Incidents:PublicUrl", "nonsense", "Incidents__PublicUrl", "http:// or https://")]
    [InlineData("Tracing:Enabled", "maybe", "true or false")]
    [InlineData("Ingest:BodyLimit", "64 MoB", "64MiB", "a bare number is bytes")]
    [InlineData("Store:MaxConnections", "3", "from 5 to 500")]
    public void What_cannot_be_used_is_told_in_one_sentence_with_what_is_allowed(string key, string value, params string[] said)
    {
        var problem = Assert.Single(Refused((key, value)));
        Assert.All(said, part => Assert.Contains(part, problem, StringComparison.Ordinal));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var problems = Refused(("Retention:HotWindow", "x"), ("Watch:CloserShare", "7"), ("Ingest:Key:a", "s"), ("Slack:Token", "t"));
        Assert.Equal(4, problems.Count);
    }

    [Theory]
    [InlineData("Retention:HotWindw", "did you mean Retention__HotWindow?")]
    [InlineData("Retenton:HotWindow", "did you mean Retention__HotWindow?")]
    [InlineData("Retention_HotWindow", "did you mean Retention__HotWindow, with two underscores?")]
    [InlineData("Hosting:Hosts", "its first entry is Hosting__Hosts__0")]
    [InlineData("Model:Key", "no such setting")]
    [InlineData("ConnectionStrings:Copliot", "did you mean ConnectionStrings__Copilot?")]
    public void A_name_that_is_no_setting_is_told_with_the_one_that_was_meant(string key, string said) =>
        Assert.Contains(said, Assert.Single(Refused((key, "1h"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("PATH")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Kestrel:Endpoints:Back:Url")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("SOMEBODY:Elses:Variable")]
    public void What_belongs_to_others_is_left_alone(string key) => Assert.Empty(SettingsReading.Apply(Given((key, "whatever"))));

    [Fact]
    public void A_secret_is_never_shown()
    {
        var problem = Assert.Single(Refused(("Slack:BotToken", "xoxb-hidden\u0001")));
        Assert.DoesNotContain("hidden", problem, StringComparison.Ordinal);
        Assert.Contains("Slack__BotToken", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retention:HotWindow", "30d", "Retention:KeepFor", "7d", "longer than Retention__KeepFor")]
    [InlineData("Ingest:ShedFrom", "5000", "Ingest:PushBackFrom", "1000", "above Ingest__PushBackFrom")]
    [InlineData("Ingest:BodyLimit", "512MiB", "Ingest:BodiesInFlight", "96MiB", "above Ingest__BodiesInFlight")]
    public void Settings_that_contradict_each_other_are_told(string one, string value, string other, string otherValue, string said) =>
        Assert.Contains(said, Assert.Single(Refused((one, value), (other, otherValue))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Model__Provider", "Model:Provider=opnai", "Model:Name=m")]
    [InlineData("Model__Name is missing", "Model:Provider=openai", "Model:ApiKey=k")]
    [InlineData("Model__ApiKey is missing", "Model:Provider=openai", "Model:Name=m")]
    [InlineData("Model__Provider (openai, azure, anthropic or compatible) is missing", "Model:Name=m")]
    [InlineData("http:// or https://", "Model:Provider=compatible", "Model:Name=m", "Model:BaseUrl=127.0.0.1:11434/v1/")]
    public void A_model_that_is_set_up_wrongly_is_told_and_keeps_nothing_from_starting(string said, params string[] settings)
    {
        var given = settings.Select(setting => (setting.Split('=')[0], setting.Split('=', 2)[1])).ToArray();
        Assert.Contains(said, Assert.Single(SettingsReading.Apply(Given(given))), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Refused(params (string Key, string Value)[] given) =>
        Assert.Throws<SettingsRefusedException>(() => SettingsReading.Apply(Given(given))).Problems;

    private static T Bound<T>(string section, params (string Key, string Value)[] given)
    {
        var configuration = Given(given);
        SettingsReading.Apply(configuration);
        return configuration.GetSection(section).Get<T>()!;
    }

    private static ConfigurationManager Given(params (string Key, string Value)[] given)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(given.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        return configuration;
    }
}
