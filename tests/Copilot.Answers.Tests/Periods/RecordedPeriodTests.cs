using System.Diagnostics;
using System.Text.Json;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Answers.Tests.Periods;

/// <summary>When the faults of a recorded system began and ended, as those tell who caused them.</summary>
[Trait("needs", "postgres")]
[Collection(RecordedShopCollection.Name)]
public sealed class RecordedPeriodTests(RecordedShop shop, ITestOutputHelper output)
{
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(30);

    private const double MostWrong = 0.02;

    [RequiresFact("shared/worlds/harbor")]
    public async Task Each_faults_begin_and_end_are_told_during_it_and_after_it()
    {
        var folder = RecordedShop.Folder;
        var world = await shop.OpenAsync();
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "truth.json")));
        var wrong = new List<string>();
        foreach (var fault in truth.RootElement.GetProperty("faults").EnumerateArray())
        {
            if (fault.GetProperty("cause") is not { ValueKind: JsonValueKind.Object } cause)
                continue;
            var (from, to) = (fault.GetProperty("exactFrom").GetDateTimeOffset(), fault.GetProperty("exactTo").GetDateTimeOffset());
            var isPeer = cause.TryGetProperty("peer", out _);
            var named = new ServiceReference(
                cause.GetProperty("service").GetString()!,
                isPeer ? ServiceStanding.Peer : ServiceStanding.Instrumented,
                "it"
            );
            foreach (var (asOf, lasts) in new[] { (to.AddSeconds(-45), true), (to.AddSeconds(60), false) })
            {
                foreach (ServiceReference[] services in new ServiceReference[][] { [named], [] })
                {
                    var started = Stopwatch.GetTimestamp();
                    var answer = await world.AnswerAsync(WorldRoom.Plan(QuestionKind.Period, asOf, services));
                    var told = $"{fault.GetProperty("id")} {(services.Length > 0 ? named.Name : "anything")} at {asOf:T}: ";
                    output.WriteLine(
                        $"{told}{from:T}–{to:T} {answer.Outcome} {answer.Result} {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms\n{answer.Text}\n"
                    );
                    if (Wrong(answer, from, to, lasts) is { } why)
                        wrong.Add(told + why);
                }
            }
        }

        output.WriteLine(string.Join('\n', wrong));
        Assert.Empty(wrong);
    }

    /// <summary>Every service is asked about, every second minute: what is told to go on is in a fault that lasts and reaches it.</summary>
    [RequiresFact("shared/worlds/harbor")]
    public async Task What_is_well_is_not_told_to_be_in_trouble()
    {
        var folder = RecordedShop.Folder;
        var world = await shop.OpenAsync();
        using var truth = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "truth.json")));
        var faults = truth.RootElement.GetProperty("faults").EnumerateArray().ToList();
        var recorded = truth.RootElement.GetProperty("recorded");
        var (begin, end) = (recorded.GetProperty("from").GetDateTimeOffset(), recorded.GetProperty("to").GetDateTimeOffset());
        var (asked, wrong) = (0, new List<string>());
        foreach (var service in await world.ServicesAsync())
        {
            for (var asOf = begin.AddMinutes(4); asOf < end; asOf = asOf.AddMinutes(2))
            {
                asked++;
                var named = new ServiceReference(service, ServiceStanding.Instrumented, "it");
                var answer = await world.AnswerAsync(WorldRoom.Plan(QuestionKind.Period, asOf, named));
                if (answer.Result is PeriodResult period && !faults.Any(fault => Reaches(fault, service, period, asOf)))
                    wrong.Add($"{service} at {asOf:T}: {period}");
            }
        }

        output.WriteLine($"{asked} asked, {wrong.Count} wrong\n{string.Join('\n', wrong)}");
        Assert.True(wrong.Count <= asked * MostWrong, $"{wrong.Count} of {asked}");
    }

    private static bool Reaches(JsonElement fault, string service, PeriodResult period, DateTimeOffset asOf)
    {
        var (from, to) = (fault.GetProperty("exactFrom").GetDateTimeOffset(), fault.GetProperty("exactTo").GetDateTimeOffset());
        return fault
                .GetProperty("affected")
                .EnumerateArray()
                .Concat(fault.GetProperty("worseButNotByCause").EnumerateArray())
                .Any(name => name.GetString() == service)
            && (period.From - from).Duration() < Close
            && (period.Ongoing ? asOf < to + Close : (period.To!.Value - to).Duration() < Close);
    }

    private static string? Wrong(Answer answer, DateTimeOffset from, DateTimeOffset to, bool lasts) =>
        answer.Result is not PeriodResult period ? $"no period, {answer.Outcome}"
        : (period.From - from).Duration() > Close ? $"from {period.From:T}"
        : period.Ongoing != lasts ? $"ongoing {period.Ongoing}"
        : lasts != period.To is null ? $"to {period.To:T}"
        : period.To is { } end && (end - to).Duration() > Close ? $"to {period.To:T}"
        : null;
}
