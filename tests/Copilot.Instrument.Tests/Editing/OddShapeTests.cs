using Copilot.Instrument.Applying;
using YamlDotNet.RepresentationModel;

namespace Copilot.Instrument.Tests.Editing;

/// <summary>
/// Manifests as people write them. For each: the annotation is on the pods' template, every line that was there still is, a second apply
/// changes nothing, and a revert gives the same bytes.
/// </summary>
public sealed class OddShapeTests
{
    private const string Key = "instrumentation.opentelemetry.io/inject-java";
    private const string Head = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: orders\nspec:\n  template:\n";
    private const string Spec = "    spec:\n      containers:\n        - name: app\n          image: openjdk:21\n";

    public static TheoryData<string, string> Shapes { get; } =
        new()
        {
            { "none", Head + Spec },
            { "labels only", Head + "    metadata:\n      labels:\n        app: orders # the app\n" + Spec },
            { "annotations with a comment first", Head + "    metadata:\n      annotations:\n        # why\n        a/b: \"c\"\n" + Spec },
            { "an empty mapping", Head + "    metadata:\n      annotations: {}\n" + Spec },
            { "braces with keys", Head + "    metadata:\n      annotations: { a: 'b' } # kept\n" + Spec },
            { "braces over lines", Head + "    metadata:\n      annotations: {\n        a: b,\n      }\n" + Spec },
            { "no value", Head + "    metadata:\n      annotations:\n      labels:\n        app: orders\n" + Spec },
            { "no value and a comment", Head + "    metadata:\n      annotations: # none yet\n      labels: {app: orders}\n" + Spec },
            { "null", Head + "    metadata:\n      annotations: null # none yet\n" + Spec },
            { "a tilde", Head + "    metadata:\n      annotations: ~\n" + Spec },
            { "metadata without a value", Head + "    metadata:\n" + Spec },
            { "metadata as braces", Head + "    metadata: {}\n" + Spec },
            { "metadata as braces with labels", Head + "    metadata: {labels: {app: orders}}\n" + Spec },
            { "a comment after metadata", Head + "    metadata: # of the pods\n      labels:\n        app: orders\n" + Spec },
            { "quoted keys", Head + "    \"metadata\":\n      'annotations':\n        \"a\": b\n" + Spec },
            {
                "four spaces",
                Head
                    + "        metadata:\n            labels:\n                app: orders\n        spec:\n            containers:\n            - name: app\n              image: openjdk:21\n"
            },
            { "metadata last", Head + Spec + "    metadata:\n      labels:\n        app: orders" },
            { "annotations last, without a line end", Head + Spec + "    metadata:\n      annotations:" },
            {
                "all in braces",
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: orders}, spec: {template: {spec: {containers: [{name: app, image: 'openjdk:21'}]}}}}\n"
            },
            {
                "letters of more than a byte",
                "# Bestellungen für 日本 🚀\n" + Head + "    metadata:\n      labels:\n        app: orders # 🚀\n" + Spec
            },
            { "a byte order mark", "\uFEFF" + Head + Spec },
            { "a directive", "%YAML 1.2\n---\n" + Head + Spec + "...\n" },
            { "empty documents around", "---\n# nothing\n---\n" + Head + Spec + "---\n" },
            {
                "a second document with a text like it",
                Head + Spec + "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: |\n    template:\n      metadata:\n"
            },
            { "labels by alias", "x: &l\n  app: orders\n" + Head + "    metadata:\n      labels: *l\n" + Spec },
            { "a merge key", "x: &l\n  a: b\n" + Head + "    metadata:\n      annotations:\n        <<: *l\n        c: d\n" + Spec },
            { "blank lines", Head + "\n    metadata:\n\n      labels:\n\n        app: orders\n\n" + Spec },
            { "trailing spaces", Head + "    metadata:   \n      annotations:  \n        a: b  \n" + Spec },
            { "a key after the template", Head + Spec + "  replicas: 2\n" },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_manifest_is_changed_where_it_is_meant_and_nowhere_else(string shape, string text)
    {
        Assert.NotEmpty(shape);
        Check(text, ["spec", "template", "metadata", "annotations"]);
        Check(text.Replace("\n", "\r\n"), ["spec", "template", "metadata", "annotations"]);
    }

    [Theory]
    [InlineData("apps/v1", "StatefulSet", "spec/template")]
    [InlineData("apps/v1", "DaemonSet", "spec/template")]
    [InlineData("apps/v1", "ReplicaSet", "spec/template")]
    [InlineData("batch/v1", "Job", "spec/template")]
    [InlineData("batch/v1", "CronJob", "spec/jobTemplate/spec/template")]
    [InlineData("v1", "Pod", "")]
    public void Every_kind_is_annotated_where_its_pods_are_described(string version, string kind, string template)
    {
        var keys = template.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var lines = keys.Select((key, at) => new string(' ', 2 * at) + key + ":\n");
        var spec = string.Join(
            '\n',
            Spec.TrimEnd()
                .Split('\n')
                .Select(line => new string(' ', Math.Max(0, 2 * keys.Length - 4)) + line[(keys.Length == 0 ? 4 : 0)..])
        );
        var text = $"apiVersion: {version}\nkind: {kind}\nmetadata:\n  name: orders\n{string.Concat(lines)}{spec}\n";
        Check(text, [.. keys, "metadata", "annotations"]);
    }

    [Fact]
    public void A_list_and_JSON_are_changed_item_by_item()
    {
        var item =
            Head.Replace("\n", "\n    ").TrimEnd()
            + "\n"
            + string.Concat(Spec.Split('\n').SkipLast(1).Select(line => "    " + line + "\n"));
        Check("apiVersion: v1\nkind: List\nitems:\n  - " + item, ["items", "0", "spec", "template", "metadata", "annotations"]);
        const string Json = """
            {
              "apiVersion": "v1", "kind": "List", "items": [
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "orders"},
                 "spec": {"template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [{"name": "app", "image": "openjdk:21"}]}}}}
              ]
            }
            """;
        Check(Json, ["items", "0", "spec", "template", "metadata", "annotations"], "a.json");
    }

    [Theory]
    [InlineData("x: &a\n  k: v\n" + Head + "    metadata:\n      annotations: *a\n" + Spec, "alias")]
    [InlineData(Head + "    metadata:\n      annotations: &a\n        k: v\n" + Spec + "  other: *a\n", "more than is meant")]
    public void What_others_share_by_an_anchor_is_left_alone_and_said_so(string text, string reason)
    {
        using var folder = new TreeFolder().Add("a.yaml", text);
        var plan = Fleet.Plan(folder);
        Assert.Contains(reason, Assert.Single(plan.Skipped).Reason);
        Assert.DoesNotContain(plan.Files, file => file.File == "a.yaml");
    }

    private static void Check(string text, IReadOnlyList<string> path, string file = "a.yaml")
    {
        using var folder = new TreeFolder().Add(file, text);
        var before = folder.Bytes();
        var result = Fleet.Apply(folder);
        Assert.Contains(file, result.Done);
        var after = folder.Text(file);
        Assert.Equal("true", At(after, path));
        Assert.Equal(text.Contains("\r\n"), after.Replace("\r\n", "").Length < after.Length && !after.Replace("\r\n", "").Contains('\n'));
        Assert.True(IsWithin(text.Replace("null #", " #").Replace("~\n", "\n").Replace("~\r", "\r"), after), after);
        Assert.Empty(Fleet.Apply(folder).Done);
        Assert.Equal(after, folder.Text(file));
        Assert.Empty(FleetApply.Revert(folder.Root, wave: null).Left);
        Assert.Equal(before, folder.Bytes());
    }

    private static string? At(string text, IReadOnlyList<string> path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text.TrimStart('\uFEFF')));
        var document = stream.Documents.Select(d => d.RootNode).OfType<YamlMappingNode>().First(d => d.Children.ContainsKey("kind"));
        var node = path.Aggregate(
            (YamlNode)document,
            (at, key) => at is YamlSequenceNode list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] : at[key]
        );
        var value = (YamlScalarNode)node[Key];
        Assert.Equal(YamlDotNet.Core.ScalarStyle.DoubleQuoted, value.Style);
        return value.Value;
    }

    /// <summary>Whether all letters of one text are in the other, in order: nothing was lost.</summary>
    private static bool IsWithin(string text, string after)
    {
        var at = 0;
        foreach (var letter in after)
        {
            if (at < text.Length && text[at] == letter)
                at++;
        }

        return at == text.Length;
    }
}
