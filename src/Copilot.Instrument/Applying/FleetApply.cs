using Copilot.Instrument.Editing;
using Copilot.Instrument.Plans;

namespace Copilot.Instrument.Applying;

/// <summary>What an apply or a revert did, file by file.</summary>
/// <param name="Done">Files that were written.</param>
/// <param name="Left">Files that were not, and why.</param>
public sealed record ApplyResult(IReadOnlyList<string> Done, IReadOnlyList<string> Left);

/// <summary>Writes a plan's changes into the files, and takes them back. Nothing outside the roots is ever written.</summary>
public static class FleetApply
{
    public static ApplyResult Apply(FleetPlan plan, TimeProvider time, string by, int? wave)
    {
        var (done, left) = (new List<string>(), new List<string>());
        foreach (var root in plan.Files.GroupBy(file => file.Root))
        {
            var changed = new List<ChangedFile>();
            foreach (var file in root)
            {
                if (Write(file) is { } failure)
                {
                    left.Add($"{file.File}: {failure}");
                    continue;
                }

                done.Add(file.File);
                changed.Add(
                    new ChangedFile
                    {
                        File = file.File,
                        At = time.GetUtcNow(),
                        By = by,
                        Wave = wave,
                        Workloads = [.. file.Workloads.Select(workload => workload.Id)],
                        Before = file.Before is null ? null : ChangeRecord.Digest(file.Before),
                        After = ChangeRecord.Digest(file.After),
                        Edits = file.Edits,
                    }
                );
            }

            if (changed.Count > 0)
                new ChangeRecord(root.Key).Add(changed);
        }

        return new ApplyResult(done, left);
    }

    /// <summary>Takes back what the record says was done, the last first; a wave's alone where one is named.</summary>
    /// <exception cref="InvalidDataException">The record does not read.</exception>
    public static ApplyResult Revert(string root, int? wave)
    {
        var record = new ChangeRecord(root);
        var changes = record.Read();
        var (done, left, kept) = (new List<string>(), new List<string>(), new List<ChangedFile>());
        foreach (var change in changes.Reverse())
        {
            if (wave is not null && change.Wave != wave)
                kept.Add(change);
            else if (Undo(root, change) is { } failure)
            {
                left.Add($"{change.File}: {failure}");
                kept.Add(change);
            }
            else
                done.Add(change.File);
        }

        kept.Reverse();
        if (done.Count > 0)
            record.Write(kept);
        return new ApplyResult([.. done.Distinct()], left);
    }

    private static string? Write(FilePlan file)
    {
        if (SafeFile.Below(file.Root, file.File) is not { } path)
            return "leads out of the folder, or over a link; left alone";
        if (SafeFile.Read(path) != file.Before)
            return "was changed while the plan was made; left alone";
        return Tried(() => SafeFile.Write(path, file.After));
    }

    private static string? Undo(string root, ChangedFile change)
    {
        if (SafeFile.Below(root, change.File) is not { } path)
            return "leads out of the folder, or over a link; left alone";
        if (SafeFile.Read(path) is not { } text)
            return change.Before is null ? null : "is gone; there is nothing to undo";
        if (change.Before is null)
            return ChangeRecord.Digest(text) == change.After
                ? Tried(() => File.Delete(path))
                : "was changed since it was made; delete it by hand";
        var back = ChangeRecord.Digest(text) == change.After ? TextEdit.Inverse(change.Edits) : Found(text, change.Edits);
        if (back is null)
            return "was changed since, and what was added is not there as it was; take it out by hand";
        return Tried(() => SafeFile.Write(path, TextEdit.Apply(text, back)));
    }

    /// <summary>In a file that others changed since: each inserted text, where it stands now and only once. Replaced text is not looked
    /// for.</summary>
    private static IReadOnlyList<TextEdit>? Found(string text, IReadOnlyList<TextEdit> edits)
    {
        var (back, from) = (new List<TextEdit>(), 0);
        foreach (var edit in edits.OrderBy(edit => edit.At))
        {
            var at = text.IndexOf(edit.Inserted, from, StringComparison.Ordinal);
            if (at < 0 || edit.Removed.Length > 0 || edit.Inserted.Length == 0)
                return null;
            back.Add(new TextEdit(at, edit.Inserted, ""));
            from = at + edit.Inserted.Length;
        }

        return back;
    }

    private static string? Tried(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"could not be written: {failure.Message}";
        }
    }
}
