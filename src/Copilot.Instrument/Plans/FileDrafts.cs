using System.Text;
using Copilot.Instrument.Editing;
using Copilot.Instrument.Reading;
using Copilot.Instrument.Scanning;

namespace Copilot.Instrument.Plans;

/// <summary>The files of a plan while it is made: what each is to hold, checked with every addition.</summary>
internal sealed class FileDrafts
{
    private readonly Dictionary<(string Root, string File), Draft> _drafts = [];
    private readonly List<(string Root, string File, string Text)> _created = [];
    private readonly List<PlannedWorkload> _workloads = [];

    public IReadOnlyList<PlannedWorkload> Workloads => _workloads;

    public void Add(
        WorkloadFinding finding,
        IReadOnlyList<YamlAddition> additions,
        IReadOnlyList<KeyValuePair<string, string>> added,
        IReadOnlyList<string> warnings
    ) => Of(finding.Root, finding.Workload.Place.File).Pending.Add(new Pending(new PlannedWorkload(finding, added, warnings), additions));

    /// <summary>Makes the additions of every file; says which could not be made, and why.</summary>
    public IReadOnlyList<SkippedWorkload> Settle(Action<int, int>? progress)
    {
        var skipped = new List<SkippedWorkload>();
        foreach (var (done, draft) in _drafts.Values.Index())
        {
            progress?.Invoke(done + 1, _drafts.Count);
            Settle(draft, draft.Pending, skipped);
            draft.Pending.Clear();
        }

        return skipped;
    }

    /// <summary>All of a file at once; where that fails, halves, until what fails stands alone.</summary>
    private void Settle(Draft draft, IReadOnlyList<Pending> pending, List<SkippedWorkload> skipped)
    {
        if (pending.Count == 0)
            return;
        try
        {
            draft.Add([.. pending.SelectMany(p => p.Additions)]);
            draft.Workloads.AddRange(pending.Select(p => p.Planned));
            _workloads.AddRange(pending.Select(p => p.Planned));
        }
        catch (UneditableException failure) when (pending.Count == 1)
        {
            skipped.Add(
                new SkippedWorkload(pending[0].Planned.Finding, $"left alone, since its file cannot be changed safely: {failure.Message}")
            );
        }
        catch (UneditableException)
        {
            Settle(draft, [.. pending.Take(pending.Count / 2)], skipped);
            Settle(draft, [.. pending.Skip(pending.Count / 2)], skipped);
        }
    }

    /// <summary>The agent's lines at the end of a Dockerfile, once for all services that are built with it.</summary>
    public void Append(
        WorkloadFinding finding,
        string dockerfile,
        IReadOnlyList<KeyValuePair<string, string>> settings,
        IReadOnlyList<string> warnings
    )
    {
        var draft = Of(finding.Root, dockerfile);
        if (draft.Appended is null)
            draft.Appended = DockerfilePlan.Edit(draft.Text, finding.Main, settings);
        if (dockerfile != finding.Workload.Place.File)
            return;
        var planned = new PlannedWorkload(finding, settings, warnings);
        draft.Workloads.Add(planned);
        _workloads.Add(planned);
    }

    public void Create(string root, string file, string text)
    {
        if (!File.Exists(Path.Combine(root, file)))
            _created.Add((root, file, text));
    }

    /// <summary>The Instrumentation of a folder: beside the kustomization that lists its workloads, which lists it as well.</summary>
    public void Resource(
        string root,
        string? kustomization,
        IReadOnlyList<string?> namespaces,
        string endpoint,
        bool hasMesh,
        PlanRequest request,
        List<string> notes
    )
    {
        var folder = kustomization is null ? "" : ManifestTree.FolderOf(kustomization);
        var file = folder.Length == 0 ? OperatorResources.FileName : $"{folder}/{OperatorResources.FileName}";
        if (_created.Any(c => c.Root == root && c.File == file))
            return;
        Create(root, file, OperatorResources.Instrumentations(kustomization is null ? namespaces : [null], endpoint, hasMesh, request));
        if (kustomization is null || _created.All(c => c.File != file))
            return;
        try
        {
            Of(root, kustomization).Add([new YamlAddition(0, ["resources"], [new(OperatorResources.FileName, "")]) { MayBeList = true }]);
        }
        catch (UneditableException failure)
        {
            notes.Add($"{kustomization}: add {OperatorResources.FileName} to its resources by hand ({failure.Message}).");
        }
    }

    public IReadOnlyList<FilePlan> Done() =>
        [
            .. _drafts
                .Select(draft => new FilePlan
                {
                    Root = draft.Key.Root,
                    File = draft.Key.File,
                    Before = draft.Value.Text,
                    Edits = draft.Value.Edits,
                    Workloads = draft.Value.Workloads,
                })
                .Where(file => file.Edits.Count > 0),
            .. _created.Select(created => new FilePlan
            {
                Root = created.Root,
                File = created.File,
                Edits = [new TextEdit(0, "", created.Text)],
            }),
        ];

    private Draft Of(string root, string file)
    {
        if (!_drafts.TryGetValue((root, file), out var draft))
            _drafts[(root, file)] = draft = new Draft(
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(
                    File.ReadAllBytes(Path.Combine(root, file))
                )
            );
        return draft;
    }

    private sealed record Pending(PlannedWorkload Planned, IReadOnlyList<YamlAddition> Additions);

    private sealed class Draft(string text)
    {
        private IReadOnlyList<YamlAddition> _additions = [];
        private IReadOnlyList<TextEdit> _edits = [];

        public string Text => text;

        public TextEdit? Appended { get; set; }

        public List<Pending> Pending { get; } = [];

        public List<PlannedWorkload> Workloads { get; } = [];

        public IReadOnlyList<TextEdit> Edits => Appended is null ? _edits : [.. _edits, Appended];

        public void Add(IReadOnlyList<YamlAddition> additions)
        {
            IReadOnlyList<YamlAddition> together = [.. _additions, .. additions.Where(a => !_additions.Any(b => Same(a, b)))];
            _edits = YamlEditor.Add(text, together);
            _additions = together;
        }

        /// <summary>What several services of a file need is added once.</summary>
        private static bool Same(YamlAddition a, YamlAddition b) =>
            a.Document == b.Document && a.Path.SequenceEqual(b.Path) && a.Entries.SequenceEqual(b.Entries);
    }
}
