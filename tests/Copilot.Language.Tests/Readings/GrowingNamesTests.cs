using Copilot.Language.Linking;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Language.Tests.Readings;

/// <summary>Names that come in one after the other are found as if they had all been there at first.</summary>
public sealed class GrowingNamesTests
{
    private static readonly string[] Questions =
    [
        "p95 of ticketing-svc in the last hour",
        "how many failed requests of gold customers",
        "errors of GET /tickets/ABC123 today",
        "how many logins failed",
        "error rate of fare-engine by region",
        "requests of flight serch since 7:30",
        "slowest traces of POST /fares/quote with tier silver",
        "is version 2.15.1 of ticketing-svc slower than 2.14.0?",
        "failed requests of LH by airline code",
        "requests from eu-west-1",
        "how many invoices were processed",
        "who calls stripe?",
        "which team owns loyalty?",
        "p99 of chkin",
    ];

    [Fact]
    public void Names_that_come_in_one_by_one_are_read_as_those_that_were_there_at_first()
    {
        var whole = Airline.Catalogue;
        var grown = new KnownNames { Teams = whole.Teams, People = whole.People };
        foreach (var step in Steps(whole, 7))
            grown = grown.With(step);

        Assert.Equal(whole.Operations, grown.Operations);
        Assert.Equal(whole.Attributes, grown.Attributes);
        Assert.Equal(whole.Values, grown.Values);
        Assert.All(Questions, question => Assert.Equal(Read(question, whole), Read(question, grown)));
    }

    [Fact]
    public void A_snapshot_in_use_stays_as_it_is()
    {
        var before = Airline.Catalogue;
        var was = Questions.Select(question => Read(question, before)).ToList();
        var after = before.With(
            new KnownNamesChange
            {
                Services = [.. before.Services, new KnownService("lounge", true, [])],
                Operations = [new KnownOperation("lounge", "GET /tickets/{pnr}", true)],
                Values = [new KnownValue(AttributeScope.Span, "customer.tier", "lounge", "platinum", "string", true, 1)],
            }
        );

        Assert.Equal(was, Questions.Select(question => Read(question, before)));
        Assert.Contains("lounge Unknown", Read("p95 of lounge", before), StringComparison.Ordinal);
        Assert.Contains("lounge Instrumented", Read("p95 of lounge", after), StringComparison.Ordinal);
        Assert.Contains("platinum", Read("failed requests of platinum customers", after), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_turns_out_to_be_one_of_very_many_is_forgotten()
    {
        var tier = Airline.Catalogue.Attributes.First(a => a is { Key: "customer.tier", Service: "loyalty" });
        var after = Airline.Catalogue.With(new KnownNamesChange { Attributes = [tier with { ManyValues = true }] });

        Assert.DoesNotContain(after.Values, v => v is { Key: "customer.tier", Service: "loyalty" });
        Assert.Contains(after.Values, v => v is { Key: "customer.tier", Service: "ticketing-svc" });
        Assert.Equal(Airline.Catalogue.Attributes.Count, after.Attributes.Count);
        Assert.True(Assert.Single(after.Attributes, a => a is { Key: "customer.tier", Service: "loyalty" }).ManyValues);
    }

    [Fact]
    public void An_address_that_begins_to_send_spans_is_a_service_and_no_condition_any_more()
    {
        var caller = new KnownService("till", true, []);
        var peer = new KnownValue(AttributeScope.Span, "peer.service", "till", "orders", "string", false, 9);
        var before = new KnownNames { Services = [caller], Values = [peer] };
        var whole = new KnownNames { Services = [caller, new KnownService("orders", true, [])], Values = [peer] };

        Assert.Equal(
            Read("how many orders failed", whole),
            Read("how many orders failed", before.With(new KnownNamesChange { Services = whole.Services }))
        );
    }

    [Theory]
    [InlineData("how many requests did the customer app get since 08:00?", "shop-bff")]
    [InlineData("error rate of the app since 08:00", "shop-bff")]
    [InlineData("p95 of the card authorisations since 08:00", "card-authorizer")]
    [InlineData("p95 of authorizing a card since 08:00", "card-authorizer")]
    [InlineData("card authorisations that failed since 08:00, how many", "card-authorizer")]
    public void A_service_is_named_by_what_the_catalogue_says_of_it_and_by_what_it_does(string question, string service)
    {
        var names = new KnownNames
        {
            Services =
            [
                new KnownService("shop-bff", true, [], "Backend of the customer app"),
                new KnownService("card-authorizer", true, [], "Asks the issuer"),
                new KnownService("card-limits", true, []),
            ],
        };

        Assert.Contains(service, Read(question, names), StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_with_slips_finds_the_same_names_as_comparing_it_with_each()
    {
        var random = new Random(7);
        string[] parts = ["order", "cart", "pay", "mail", "geo", "user", "stock", "price", "orders", "payment", "éclair", "7up"];
        var names = Enumerable
            .Range(0, 400)
            .Select(i => parts[random.Next(12)] + parts[random.Next(12)] + (i % 3 == 0 ? "x" : ""))
            .ToList();
        var near = new NearNames();
        for (var i = 0; i < names.Count; i++)
            near.Add(names[i], i, 1);

        for (var i = 0; i < 600; i++)
        {
            var word = Slipped(names[random.Next(names.Count)], random);
            Assert.Equal(Compared(names, word), near.Around(word).Select(n => (n.Name.Target, n.Distance)));
        }
    }

    private static IEnumerable<(int Target, int? Distance)> Compared(List<string> names, string word)
    {
        var limit = Lexicon.EditDistance.Allowed(word.Length);
        for (var i = 0; i < names.Count; i++)
        {
            var allowed = names[i][0] == word[0] ? limit : Math.Min(limit, 1);
            if (Lexicon.EditDistance.Between(word, names[i], allowed) is var slips && slips <= allowed && slips * 3 < word.Length)
                yield return (i, slips);
            else if (Lexicon.EditDistance.IsAbbreviation(word, names[i]))
                yield return (i, null);
        }
    }

    private static string Slipped(string word, Random random)
    {
        for (var n = random.Next(4); n > 0 && word.Length > 3; n--)
        {
            var at = random.Next(word.Length - 1);
            word = random.Next(4) switch
            {
                0 => word.Remove(at, 1),
                1 => word.Insert(at, "e"),
                2 => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
                _ => word[..at] + "q" + word[(at + 1)..],
            };
        }

        return word;
    }

    private static IEnumerable<KnownNamesChange> Steps(KnownNames whole, int size)
    {
        for (var n = 1; n <= whole.Services.Count; n++)
            yield return new KnownNamesChange { Services = [.. whole.Services.Take(n)] };
        foreach (var some in whole.Operations.Chunk(size))
        {
            yield return new KnownNamesChange { Operations = [.. some.Select(o => o with { Entry = false })] };
            yield return new KnownNamesChange { Operations = some };
        }

        foreach (var some in whole.Attributes.Chunk(size))
            yield return new KnownNamesChange { Attributes = some };
        foreach (var some in whole.Values.Chunk(size))
            yield return new KnownNamesChange { Values = some };
    }

    private static string Read(string question, KnownNames names)
    {
        var request = new InterpreterRequest { Question = question, AsOf = Told.AsOf };
        var plan = new Interpreter().Interpret(request, names);
        return $"{plan.Kind} {string.Join(", ", plan.Services.Select(s => $"{s.Name} {s.Standing}"))} | "
            + $"{string.Join(", ", plan.Operations.Select(o => o.Name))} | {string.Join("; ", plan.Chips.Select(c => c.ToString()))} | "
            + $"{string.Join(", ", plan.Ignored)} | {plan.Frame?.Where}";
    }
}
