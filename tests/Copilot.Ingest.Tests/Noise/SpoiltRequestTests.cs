using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Copilot.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Ingest.Tests.Noise;

/// <summary>
/// Spoilt requests in every encoding, with good ones in between, into a real Postgres: nothing falls over, and the counts stay right.
/// COPILOT_SPOILT_REQUESTS says how many.
/// </summary>
public sealed class SpoiltRequestTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>
{
    private const int Senders = 8;
    private const int GoodEvery = 100;
    private const int SpansOfAGoodOne = 5;

    private readonly ConcurrentDictionary<string, int> _answers = [];
    private readonly IReadOnlyList<(Signal Signal, byte[] Body)> _protobuf = RealRequests.Protobuf();

    [Fact]
    public async Task None_is_answered_with_a_failure_and_whatever_was_acknowledged_is_there_once()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("COPILOT_SPOILT_REQUESTS") ?? "20000", CultureInfo.InvariantCulture);
        Assert.Equal(3, _protobuf.Select(request => request.Signal).Distinct().Count());
        using var log = new LineLog();
        await using var host = await IntakeHost.StartAsync(writer: null, postgres.Database, log);
        using var grpc = new RawGrpc(host.Grpc);
        var started = Stopwatch.GetTimestamp();
        var acknowledged = (
            await Task.WhenAll(
                Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(host, grpc, sender, count / Senders)))
            )
        ).Sum();
        output.WriteLine($"{count} requests in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
        foreach (var (answer, times) in _answers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine($"{answer}: {times}");

        Assert.DoesNotContain(
            _answers.Keys,
            answer =>
                answer.StartsWith("HTTP 5", StringComparison.Ordinal)
                || answer is "gRPC Unknown" or "gRPC Internal" or "gRPC Unavailable" or "failed"
        );
        Assert.DoesNotContain(log.Lines, line => line.Failure is not null);
        Assert.Equal(count / Senders / GoodEvery * Senders, acknowledged);
        Assert.Equal(
            $"{acknowledged * SpansOfAGoodOne} {acknowledged * SpansOfAGoodOne}",
            await postgres.ScalarAsync(
                "select count(*) || ' ' || count(distinct (trace_id, span_id)) from spans s join services v on v.id = s.service_id where v.name = 'good'"
            )
        );
        Assert.Equal(
            0L,
            await postgres.ScalarAsync(
                """
                with raw as (select start_ns - start_ns % 60000000000 as minute_ns, service_id, operation_id, status, count(*) as count from spans group by 1, 2, 3, 4),
                rolled as (
                    select minute_ns, service_id, operation_id, status, sum(count)::bigint as count
                    from (select minute_ns, service_id, operation_id, status, count from span_rollup_deltas
                        union all select minute_ns, service_id, operation_id, status, count from span_rollup_minutes) r group by 1, 2, 3, 4)
                select count(*) from ((select * from raw except select * from rolled) union all (select * from rolled except select * from raw)) d
                """
            )
        );
        output.WriteLine(
            $"{await postgres.ScalarAsync("select count(*) from spans")} spans stored, {await postgres.ScalarAsync("select count(*) from telemetry_partitions")} partitions"
        );
        Assert.Equal(
            0L,
            await postgres.ScalarAsync(
                """
                with bounds as (select 946684800000000000 as first, (extract(epoch from now() + interval '61 minutes') * 1e9)::bigint as last)
                select (select count(*) from spans, bounds where start_ns not between first and last or start_ns + duration_ns > last)
                    + (select count(*) from logs, bounds where time_ns not between first and last)
                    + (select count(*) from metric_points, bounds where time_ns not between first and last)
                """
            )
        );
    }

    /// <summary>Returns how many good requests were acknowledged.</summary>
    private async Task<int> SendAsync(IntakeHost host, RawGrpc grpc, int sender, int count)
    {
        var random = new Random(1000 + sender);
        var mutation = new Mutation(random);
        var acknowledged = 0;
        for (var number = 1; number <= count; number++)
        {
            if (
                number % GoodEvery == 0
                && await PostAsync(host, Signal.Traces, Good(sender, number), "application/json", null) is HttpStatusCode.OK
            )
                acknowledged++;
            var kind = random.Next(10);
            var (signal, body) = kind is 3 or 4
                ? RealRequests.Json[random.Next(RealRequests.Json.Count)]
                : _protobuf[random.Next(_protobuf.Count)];
            switch (kind)
            {
                case < 3:
                    await CountAsync(host, signal, mutation.Spoil(body), "application/x-protobuf", null);
                    break;
                case 3 or 4:
                    await CountAsync(host, signal, mutation.Spoil(body), "application/json", null);
                    break;
                case 5:
                    await CountAsync(host, signal, mutation.Spoil(Samples.Gzip(body)), "application/x-protobuf", "gzip");
                    break;
                case 6:
                    await CountAsync(host, signal, Samples.Gzip(mutation.Spoil(body)), "application/x-protobuf", "gzip");
                    break;
                case 7:
                    await CountAsync(grpc, signal, RawGrpc.Frame(mutation.Spoil(body)), gzip: false);
                    break;
                case 8:
                    await CountAsync(grpc, signal, mutation.Spoil(RawGrpc.Frame(body)), gzip: false);
                    break;
                default:
                    await CountAsync(grpc, signal, RawGrpc.Frame(mutation.Spoil(Samples.Gzip(body)), packed: true), gzip: true);
                    break;
            }
        }

        return acknowledged;
    }

    private async Task CountAsync(IntakeHost host, Signal signal, byte[] body, string type, string? encoding) =>
        Count($"HTTP {(int)await PostAsync(host, signal, body, type, encoding)}");

    private async Task CountAsync(RawGrpc grpc, Signal signal, byte[] body, bool gzip)
    {
        var (status, message) = await grpc.CallAsync(signal == Signal.Traces ? "Trace" : signal.ToString(), body, gzip);
        Count($"gRPC {status}");
        if (
            message.Contains("failed%20to%20take", StringComparison.Ordinal) || message.Contains("failed to take", StringComparison.Ordinal)
        )
            Count("failed");
    }

    private void Count(string answer) => _answers.AddOrUpdate(answer, 1, (_, times) => times + 1);

    private static byte[] Good(int sender, int number) =>
        Encoding.UTF8.GetBytes(
            Samples
                .Traces([
                    .. Enumerable
                        .Range(1, SpansOfAGoodOne)
                        .Select(span =>
                            Samples.Span(
                                trace: ((((long)sender + 1) << 32) | (uint)number).ToString("x32", CultureInfo.InvariantCulture),
                                span: span.ToString("x16", CultureInfo.InvariantCulture)
                            )
                        ),
                ])
                .Replace("\"shop\"", "\"good\"", StringComparison.Ordinal)
        );

    private static async Task<HttpStatusCode> PostAsync(IntakeHost host, Signal signal, byte[] body, string type, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var answer = await host.Http.PostAsync(new Uri(signal.HttpPath().TrimStart('/'), UriKind.Relative), content);
        return answer.StatusCode;
    }
}
