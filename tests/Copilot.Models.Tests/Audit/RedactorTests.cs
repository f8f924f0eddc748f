using System.Text.Json.Nodes;
using Copilot.Models.Audit;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Copilot.Models.Tests.Audit;

public sealed class RedactorTests
{
    private static readonly Redactor Redactor = new(new RedactionOptions());

    [Theory]
    [InlineData("mail ada.byron+x@shop.example now", "mail [e-mail] now")]
    [InlineData("user=ada%40shop.example", "user=[e-mail]")]
    [InlineData("jürgen@müller.example", "[e-mail]")]
    [InlineData("Authorization: Bearer abcdefgh12345678", "Authorization: [redacted] [token]")]
    [InlineData("sent with bearer%20abcdefgh12345678", "sent with bearer [token]")]
    [InlineData("jwt eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl", "jwt [token]")]
    [InlineData("key sk-abcdefghijklmnop1234", "key [token]")]
    [InlineData("stripe sk_live_abcdefghijklmnop1234", "stripe [token]")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz", "[token]")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "[token]")]
    [InlineData("postgres://app:hunter2@db.internal/x", "postgres://[credentials]@db.internal/x")]
    [InlineData("card 4111 1111 1111 1111 declined", "card [card number] declined")]
    [InlineData("card 4111-1111-1111-1111", "card [card number]")]
    [InlineData("card 4111.1111.1111.1111.", "card [card number].")]
    [InlineData("card 4111\u00A01111\u00A01111\u00A01111", "card [card number]")]
    [InlineData("card 378282246310005", "card [card number]")]
    [InlineData("iban DE89 3704 0044 0532 0130 00 ok", "iban [account number] ok")]
    [InlineData("iban gb82west12345698765432", "iban [account number]")]
    [InlineData("password=hunter2, next", "password=[redacted], next")]
    [InlineData("{\"password\":\"hunter2\",\"a\":1}", "{\"password\":[redacted],\"a\":1}")]
    [InlineData("{\\\"db_password\\\": \\\"hunter2\\\", \\\"a\\\": 1}", "{\\\"db_password\\\": [redacted], \\\"a\\\": 1}")]
    [InlineData("access_token: abc123; x", "access_token: [redacted]; x")]
    [InlineData("?api_key=abc123&x=1", "?api_key=[redacted]&x=1")]
    public void A_secret_is_taken_out(string text, string clean) => Assert.Equal(clean, Redactor.Redact(text));

    [Theory]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("DE89 3704 0044 0532 0130 02")]
    [InlineData("0.1098265895953757")]
    [InlineData("2026-03-01T12:02:00.123456789Z")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("[2026-03-01T12:02:00.0000000Z, 2026-03-01T12:04:00.0000000Z)")]
    [InlineData("POST /checkout/:id took 1,234 ms, 19 of 173 requests failed")]
    [InlineData("span.http.response.status_code = 500")]
    [InlineData("60,000 tokens at pay@2.0")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Fact]
    public void Json_stays_json_and_a_named_attribute_hides_its_values()
    {
        var clean = Redactor.RedactJson(
            """{"items":[{"attribute":"span.enduser.id","values":["ada","bob"]},{"key":"http.request.header.authorization","value":"abc"}],"session_id":7,"n":1.5,"text":"say \"password\": \"x y\" now"}"""
        );
        Assert.Equal(
            """{"items":[{"attribute":"span.enduser.id","values":["[redacted]","[redacted]"]},{"key":"http.request.header.authorization","value":"[redacted]"}],"session_id":"[redacted]","n":1.5,"text":"say \"password\": [redacted] now"}""",
            clean
        );
        Assert.NotNull(JsonNode.Parse(clean));
    }

    [Fact]
    public void A_breakdown_by_a_named_attribute_keeps_its_counts()
    {
        var clean = Redactor.RedactJson(
            """{"data":{"attribute":"span.session.id","items":[{"value":"s1","count":3},{"value":"s2","count":1}]}}"""
        );
        Assert.Equal(
            """{"data":{"attribute":"span.session.id","items":[{"value":"[redacted]","count":3},{"value":"[redacted]","count":1}]}}""",
            clean
        );
    }

    [Fact]
    public void Keys_of_the_configuration_are_added_to_the_usual_ones()
    {
        var options = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Redaction:Keys:0"] = "badge" })
            .Build()
            .GetSection("Redaction")
            .Get<RedactionOptions>()!;
        var redactor = new Redactor(options);
        Assert.Equal("badge=[redacted] password=[redacted]", redactor.Redact("badge=77 password=x"));
        Assert.Contains("badge", redactor.NamedKeys);
    }

    [Fact]
    public void Redacting_twice_changes_nothing()
    {
        const string Text = "mail ada@shop.example, password=hunter2, card 4111 1111 1111 1111, Authorization: Bearer abcdefgh12345678";
        var once = Redactor.Redact(Text);
        Assert.Equal(once, Redactor.Redact(once));
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 ")]
    [InlineData("password\\\"\\\\\\\\\\\\\\\\\\\\\\\"password\\\\\\\\\\\\\\\\")]
    public void No_text_holds_it_up(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 2_000));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Redactor.Redact(text);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 3);
    }
}
