using Copilot.Instrument.Applying;
using Copilot.Instrument.Plans;
using Copilot.Instrument.Scanning;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Tests.Plans;

/// <summary>
/// Every recorded file: applied, it parses to the same documents but for what was added; applied twice, it is the same; reverted, it is the
/// same to the byte. The languages that no file tells are said here, so that as many files as possible are changed.
/// </summary>
public sealed class FixtureTests
{
    private const string Manifests = "shared/fixtures/manifests";

    [RequiresFact("shared/fixtures/manifests")]
    public void Every_recorded_file_is_changed_as_meant_and_back_to_the_byte()
    {
        using var folder = new TreeFolder();
        foreach (var file in Directory.EnumerateFiles(Material.Get(Manifests), "*", SearchOption.AllDirectories))
            // Without their annotations the operator's own examples are what somebody has before.
            folder.Add(
                Path.GetRelativePath(Material.Get(Manifests), file),
                string.Concat(File.ReadAllText(file).Split('\n').Where(l => !l.Contains("opentelemetry.io/inject-")).Select(l => l + "\n"))[
                    ..^1
                ]
            );
        var before = folder.Bytes();
        var texts = before.Keys.ToDictionary(file => file, folder.Text);

        var plan = Plan(folder);
        var result = FleetApply.Apply(plan, TimeProvider.System, "somebody", wave: null);
        Assert.Empty(result.Left);
        Assert.True(plan.Workloads.Count() > 60, $"{plan.Workloads.Count()} workloads changed");
        foreach (var file in plan.Files.Where(f => f.Before is not null))
            Same(file, texts[file.File], folder.Text(file.File));

        var once = folder.Bytes();
        Assert.Empty(Plan(folder).Files);
        Assert.Equal(once, folder.Bytes());

        Assert.Empty(FleetApply.Revert(folder.Root, wave: null).Left);
        Assert.Equal(before, folder.Bytes());
    }

    private static FleetPlan Plan(TreeFolder folder)
    {
        var names = FleetScan.Run(new ScanRequest { Paths = [folder.Root] }).Findings.Where(f => f.Language == RuntimeLanguage.Unknown);
        return FleetPlanner.Make(
            new PlanRequest
            {
                Instrumentation = "observability/copilot",
                Scan = FleetScan.Run(
                    new ScanRequest
                    {
                        Paths = [folder.Root],
                        Told = names.Select(f => f.Workload.Name).Distinct().ToDictionary(name => name, _ => RuntimeLanguage.Java),
                    }
                ),
            }
        );
    }

    /// <summary>Lines were added and none was lost; what is new in the documents is annotations, or what an agent needs in Compose.</summary>
    private static void Same(FilePlan plan, string before, string after)
    {
        var left = new Queue<string>(before.Split('\n'));
        foreach (var line in after.Split('\n'))
        {
            if (left.Count > 0 && left.Peek() == line)
                left.Dequeue();
        }

        if (plan.Edits.All(edit => edit.Removed.Length == 0))
            Assert.Empty(left);
        var (old, made) = (Documents(before), Documents(after));
        Assert.Equal(old.Count, made.Count);
        foreach (var added in old.Zip(made).SelectMany(pair => Added(pair.First, pair.Second, "")))
            Assert.Matches(
                @"/template/metadata(/annotations(/(instrumentation|resource)\.opentelemetry\.io~[\w.-]+)?)?$|^/metadata/annotations|^/items/\d+/|^/services/|^/volumes",
                added
            );
    }

    private static List<YamlNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The paths of what is new; fails where anything is gone or different.</summary>
    private static IEnumerable<string> Added(YamlNode before, YamlNode after, string path)
    {
        switch (before, after)
        {
            case (YamlMappingNode a, YamlMappingNode b):
                Assert.Empty(a.Children.Keys.Except(b.Children.Keys));
                foreach (var (key, value) in b.Children)
                {
                    var below = $"{path}/{key.ToString().Replace('/', '~')}";
                    foreach (var added in a.Children.TryGetValue(key, out var old) ? Added(old, value, below) : [below])
                        yield return added;
                }

                break;
            case (YamlSequenceNode a, YamlSequenceNode b) when a.Children.Count == b.Children.Count:
                for (var i = 0; i < a.Children.Count; i++)
                    foreach (var added in Added(a.Children[i], b.Children[i], $"{path}/{i}"))
                        yield return added;
                break;
            case (YamlSequenceNode a, YamlSequenceNode b):
                Assert.Empty(a.Children.Except(b.Children));
                yield return path;
                break;
            case (YamlSequenceNode a, YamlMappingNode b):
                Assert.Empty(a.Children.Except(b.Children.Keys));
                yield return path;
                break;
            case (YamlScalarNode { Value: null or "" }, YamlMappingNode):
                yield return path;
                break;
            default:
                Assert.Equal(before, after);
                break;
        }
    }
}
