using System.Diagnostics;
using Xunit;

namespace Copilot.Demo.Tests;

[Collection(Listening)]
public sealed class RequestSimulationTests : IDisposable
{
    /// <summary>A listener hears every activity of the process: tests that have one run one after the other.</summary>
    public const string Listening = "listening";

    /// <summary>Sends to a port where nobody listens: what is tested is what is recorded.</summary>
    private readonly Fleet _fleet = new(new Uri("http://127.0.0.1:9/"));
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_checkout_is_one_trace_whose_children_lie_within_their_parents_and_its_mail_another_trace()
    {
        var spans = Record("web", "POST /checkout", null, new Customer("EUR", "AT", "rope"));

        var mail = Assert.Single(spans, s => s.Kind == ActivityKind.Consumer);
        var trace = spans.Where(s => s.TraceId != mail.TraceId).ToList();
        Assert.Single(trace.Select(s => s.TraceId).Distinct());
        var root = Assert.Single(trace, s => s.ParentSpanId == default);
        Assert.Equal("POST /checkout", root.OperationName);
        Assert.Contains(trace, s => s.SpanId == mail.Links.Single().Context.SpanId);
        foreach (var child in trace.Where(s => s != root))
        {
            var parent = Assert.Single(trace, s => s.SpanId == child.ParentSpanId);
            Assert.True(
                child.StartTimeUtc >= parent.StartTimeUtc && child.StartTimeUtc + child.Duration <= parent.StartTimeUtc + parent.Duration
            );
        }

        Assert.DoesNotContain(spans, s => s.Status == ActivityStatusCode.Error);
    }

    [Fact]
    public void The_bad_deploy_fails_one_currency_in_the_new_version_alone_up_to_the_customer()
    {
        var fault = new RoundingDeploy();
        var failed = Enumerable
            .Range(0, 40)
            .SelectMany(_ => Record("web", "POST /checkout", fault, new Customer("SEK", "SE", "rope")))
            .Where(s => s.Status == ActivityStatusCode.Error && s.Kind == ActivityKind.Server)
            .ToList();
        var fine = Enumerable.Range(0, 40).SelectMany(_ => Record("web", "POST /checkout", fault, new Customer("EUR", "AT", "rope")));

        Assert.Contains(failed, s => s.Source.Name.StartsWith("alpine.payments.2.5.0", StringComparison.Ordinal));
        Assert.Contains(failed, s => s.OperationName == "POST /checkout");
        Assert.DoesNotContain(fine, s => s.Status == ActivityStatusCode.Error);
    }

    public void Dispose() => _fleet.Dispose();

    private List<Activity> Record(string service, string operation, Fault? fault, Customer customer)
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name.StartsWith("alpine.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var shopService = AlpineShop.Services[service];
        new RequestSimulation(_fleet, fault, customer, new Random(7), present: false).Run(
            shopService,
            shopService.Operation(operation),
            Start
        );
        return spans;
    }
}
