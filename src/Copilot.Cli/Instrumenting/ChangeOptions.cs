using System.CommandLine;
using System.Text.RegularExpressions;
using Copilot.Instrument;
using Copilot.Instrument.Applying;
using Copilot.Instrument.Plans;
using Copilot.Instrument.Scanning;

namespace Copilot.Cli.Instrumenting;

/// <summary>What planning and applying take: where spans go, which Instrumentation, and in which waves.</summary>
internal sealed partial class ChangeOptions
{
    public Option<Uri?> Endpoint { get; } =
        new("--endpoint")
        {
            Description = "Where agents send spans, OTLP over HTTP; usually port 4318.",
            HelpName = "URL",
            CustomParser = result =>
            {
                if (
                    Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
                    && url.Scheme is "http" or "https"
                    && url.UserInfo.Length == 0
                )
                    return url;
                result.AddError(
                    $"--endpoint takes an address such as http://collector.observability:4318; '{result.Tokens[0].Value}' is none."
                );
                return null;
            },
        };

    public Option<string> Instrumentation { get; } =
        new("--instrumentation")
        {
            Description =
                "The Instrumentation that annotations name: NAME or NAMESPACE/NAME. Without it the one of the "
                + "namespace, which is written too.",
            DefaultValueFactory = _ => "true",
            HelpName = "NAME",
        };

    public Option<string?> Environment { get; } =
        new("--environment") { Description = "deployment.environment.name, where no label says it.", HelpName = "NAME" };

    public Option<bool> Ebpf { get; } =
        new("--ebpf") { Description = "Writes a privileged DaemonSet of eBPF instrumentation for what takes no agent." };

    public Option<int> WaveSize { get; } =
        new("--wave-size") { Description = "Workloads a wave.", DefaultValueFactory = _ => InstrumentThresholds.WaveSize };

    public Option<WaveGrouping> By { get; } =
        new("--waves-by")
        {
            Description = "What a wave keeps together: language, system or none.",
            DefaultValueFactory = _ => WaveGrouping.Language,
        };

    public Option<string?> Plan { get; } =
        new("--plan") { Description = "A plan that plan --output json wrote, for --wave.", HelpName = "FILE" };

    public Option<int?> Wave { get; } = new("--wave") { Description = "Only the workloads of this wave of --plan.", HelpName = "N" };

    public void AddTo(Command command, bool isApply = false)
    {
        foreach (var option in new Option[] { Endpoint, Instrumentation, Environment, Ebpf })
            command.Options.Add(option);
        if (isApply)
        {
            command.Options.Add(Plan);
            command.Options.Add(Wave);
        }
        else
        {
            command.Options.Add(WaveSize);
            command.Options.Add(By);
        }

        WaveSize.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--wave-size takes a number from 1.");
        });
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(Instrumentation) is { } name && !Name().IsMatch(name))
                parsed.AddError($"--instrumentation takes NAME or NAMESPACE/NAME; '{name}' is none.");
            if (parsed.GetValue(Environment) is { } environment && !LabelValue().IsMatch(environment))
                parsed.AddError($"--environment takes letters, digits, '-', '_' and '.'; '{environment}' has others.");
        });
    }

    public PlanRequest Request(ParseResult parsed, ScanResult scan) =>
        new()
        {
            Scan = scan,
            Endpoint = parsed.GetValue(Endpoint)?.ToString().TrimEnd('/'),
            Instrumentation = parsed.GetValue(Instrumentation)!,
            Environment = parsed.GetValue(Environment),
            WithEbpf = parsed.GetValue(Ebpf),
            WaveSize = Math.Max(1, parsed.CommandResult.Command.Options.Contains(WaveSize) ? parsed.GetValue(WaveSize) : 1),
            By = parsed.CommandResult.Command.Options.Contains(By) ? parsed.GetValue(By) : WaveGrouping.None,
            Only = Only(parsed),
            Progress = ScanProgress.Of("planning").Step,
        };

    private IReadOnlySet<string>? Only(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Contains(Plan) && parsed.GetValue(Plan) is { } file && parsed.GetValue(Wave) is { } wave
            ? WaveFile.Read(file, wave)
            : null;

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelValue();
}
