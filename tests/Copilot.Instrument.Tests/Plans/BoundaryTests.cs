using Copilot.Instrument.Applying;
using Copilot.Instrument.Plans;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Tests.Plans;

/// <summary>Nothing outside the path is written, whatever lies in it.</summary>
public sealed class BoundaryTests
{
    [Fact]
    public void Links_are_neither_read_nor_written_through()
    {
        using var folder = new TreeFolder()
            .Add("outside/a.yaml", Fleet.Deployment("image: openjdk:21"))
            .Add("tree/b.yaml", Fleet.Deployment("image: openjdk:21"));
        File.CreateSymbolicLink(Path.Combine(folder.Root, "tree/linked.yaml"), Path.Combine(folder.Root, "outside/a.yaml"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "tree/linked"), Path.Combine(folder.Root, "outside"));
        var outside = folder.Text("outside/a.yaml");
        var scan = FleetScan.Run(new ScanRequest { Paths = [Path.Combine(folder.Root, "tree")] });
        FleetApply.Apply(FleetPlanner.Make(new PlanRequest { Scan = scan }), TimeProvider.System, "somebody", wave: null);
        Assert.Equal(("b.yaml", 2), (Assert.Single(scan.Findings).Workload.Place.File, scan.Notes.Count));
        Assert.Equal(outside, folder.Text("outside/a.yaml"));
    }

    [Theory]
    [InlineData("../outside.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../outside.yaml")]
    [InlineData(".")]
    public void A_record_that_names_a_file_outside_undoes_nothing_there(string file)
    {
        using var folder = new TreeFolder().Add("outside.yaml", "a").Add("tree/a.yaml", "a");
        var root = Path.Combine(folder.Root, "tree");
        new ChangeRecord(root).Add([
            new ChangedFile
            {
                File = file,
                At = DateTimeOffset.UnixEpoch,
                By = "somebody",
                Before = ChangeRecord.Digest("b"),
                After = ChangeRecord.Digest("a"),
                Edits = [new Instrument.Editing.TextEdit(0, "b", "a")],
            },
        ]);
        Assert.Single(FleetApply.Revert(root, wave: null).Left);
        Assert.Equal("a", folder.Text("outside.yaml"));
    }

    [Fact]
    public void A_file_that_was_changed_since_is_still_taken_back_where_the_lines_stand()
    {
        using var folder = new TreeFolder().Add("a.yaml", Fleet.Deployment("image: openjdk:21"));
        var before = folder.Text("a.yaml");
        Fleet.Apply(folder);
        folder.Add("a.yaml", "# looked at\n" + folder.Text("a.yaml"));
        Assert.Empty(FleetApply.Revert(folder.Root, wave: null).Left);
        Assert.Equal("# looked at\n" + before, folder.Text("a.yaml"));
    }

    [Fact]
    public void What_was_added_and_then_edited_is_told_and_left()
    {
        using var folder = new TreeFolder().Add("a.yaml", Fleet.Deployment("image: openjdk:21"));
        Fleet.Apply(folder);
        var edited = folder.Text("a.yaml").Replace("inject-java", "inject-nodejs");
        folder.Add("a.yaml", edited);
        Assert.Contains("by hand", Assert.Single(FleetApply.Revert(folder.Root, wave: null).Left));
        Assert.Equal(edited, folder.Text("a.yaml"));
    }

    [Fact]
    public void Hostile_names_reach_neither_a_shell_line_nor_a_terminal()
    {
        using var folder = new TreeFolder().Add("a.yaml", Fleet.Deployment("image: openjdk:21", name: "\"x; rm -rf / \\e[2J\""));
        var plan = Fleet.Plan(folder);
        Assert.DoesNotContain(
            "rm -rf",
            string.Concat(plan.Waves.SelectMany(w => PlanReport.ToJson(plan).Split('\n').Where(l => l.Contains("kubectl"))))
        );
        Assert.DoesNotContain('\u001b', ScanReport.ToText(Fleet.Scan(folder)));
        Assert.DoesNotContain('\u001b', PlanReport.ToMarkdown(plan));
    }
}
