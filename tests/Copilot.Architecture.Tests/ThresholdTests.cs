using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Copilot.Architecture.Tests;

/// <summary>
/// What decides has a home: in the rooms that judge, a number that somebody chose stands in the room's Thresholds, with its unit, its
/// reason and what set it. Elsewhere only what counting and converting need may be written out.
/// </summary>
public sealed partial class ThresholdTests
{
    private static readonly string[] Rooms = ["Analysis", "Diagnosis", "Incidents", "Answers", "Models", "Slack"];

    /// <summary>Folders that compute what a question asks for: how many lines they tell and rows they read stands with each.</summary>
    private static readonly string[] Computing = ["src/Copilot.Answers/Frames/", "src/Copilot.Answers/Measures/"];

    /// <summary>Nothing, one, half and double, per cent, seconds of a minute, and nanoseconds of a millisecond and a second.</summary>
    private static readonly double[] Plain = [0, 1, 2, 60, 100, 1000, 1e6, 1e9];

    /// <summary>Numbers that nobody chose, each with where it stands and what it is.</summary>
    private static readonly (string File, string[] Literals, string Reason)[] Listed =
    [
        ("Analysis/Statistics/Normal.cs", ["*"], "the coefficients of a rational approximation and where a double ends"),
        ("Analysis/Statistics/Proportions.cs", ["0.5", "8", "12", "360", "256"], "Stirling's series, and a table of its first values"),
        ("Analysis/Statistics/Percentiles.cs", ["0.5"], "the median"),
        ("Analysis/Traces/Tries.cs", ["0", "1", "2", "3", "4", "5", "6"], "sorts of events"),
        ("Analysis/Traces/RequestEvents.cs", ["32", "0x8000_0000u", "256"], "two numbers in one, and room on the stack"),
        ("Slack/Api/MessageText.cs", ["8"], "letters of a fence and the lines around it"),
        ("Slack/Api/MrkdwnLines.cs", ["6"], "letters of a check box"),
        ("Slack/Conversing/ResultLines.cs", ["8"], "letters of a trace's id that tell it from others"),
        ("Models/Checking/KnownClaims.cs", ["*"], "how many digits an id has, and the parts of a condition"),
        ("Models/Checking/MentionReader.cs", ["0.01", "3"], "what a percent is, and the digits of a status code"),
        ("Models/Checking/Scene.cs", ["0.01"], "what a percent is"),
        ("Models/Checking/PartOfWhole.cs", ["7"], "the length of \"sum of \""),
        ("Models/Checking/SentenceAttempt.cs", ["12"], "half a day: a stretch over midnight"),
        ("Models/Facts/ResultReader.cs", ["6", "7"], "the length of \"quoted\""),
        ("Models/Phrases/NumberWords.cs", ["*"], "what words for numbers mean"),
        ("Models/Phrases/PlainSigns.cs", ["*"], "Unicode's code points"),
        ("Models/Phrases/SaidNumber.cs", ["*"], "what words for numbers and units mean"),
        ("Models/Phrases/SaidTime.cs", ["*"], "parts of a clock"),
        ("Models/Audit/SecretPatterns.cs", ["4", "9", "10", "13", "15", "19", "34", "97"], "the check digits of cards and accounts"),
        ("Models/Audit/Redactor.cs", ["16", "32"], "letters of a span's and a trace's id"),
        ("Models/Providers/ProviderFailure.cs", ["*"], "HTTP's status codes"),
        ("Answers/Contract/TableResults.cs", ["1e-9"], "where two doubles are the same figure"),
        ("Incidents/Guide/GuideWriter.cs", ["3"], "the level of a heading"),
        ("Diagnosis/Alerts/Alert.cs", ["16"], "letters of a digest that make an id"),
        ("Diagnosis/Watch/InvestigationTracker.cs", ["16"], "letters of a random id"),
        ("Incidents/Guide/GuideWriter.cs", ["32"], "letters of a trace id"),
        ("Incidents/Outbox/LeaseHolder.cs", ["3"], "parts of a name"),
        ("Incidents/Proposals/ProposalMaker.cs", ["24"], "letters of a digest that make an id"),
        ("Incidents/Record/IncidentMeasures.cs", ["6", "7"], "days of a week"),
        ("Incidents/Record/IncidentSummary.cs", ["2"], "from two hours on a duration is written in hours"),
    ];

    [Fact]
    public void Numbers_that_decide_stand_in_the_rooms_thresholds()
    {
        var strays = Sources().Where(f => !IsHome(f)).SelectMany(Strays);
        Assert.Equal("", string.Join("\n", strays));
    }

    [Fact]
    public void Every_listed_number_is_still_there()
    {
        var gone = Listed.Where(l =>
            !File.Exists(Full(l.File))
            || l.Literals.Any(literal => literal != "*" && !Literals(Full(l.File)).Any(n => n.Token.Text == literal))
        );
        Assert.Empty(gone.Select(l => l.File));
    }

    [Fact]
    public void Every_threshold_tells_its_unit_its_reason_and_what_set_it()
    {
        var homes = Sources().Where(IsHome).ToList();
        Assert.All(Rooms, room => Assert.Contains(homes, f => Room(f) == room));
        var silent = homes
            .SelectMany(f => Root(f).DescendantNodes().OfType<FieldDeclarationSyntax>().Select(field => (File: f, Field: field)))
            .Where(f => !Told().IsMatch(WhiteSpace().Replace(f.Field.GetLeadingTrivia().ToFullString().Replace("///", ""), " ")))
            .Select(f => $"{Repository.Relative(f.File)}: {f.Field.Declaration}");
        Assert.Empty(silent);
    }

    /// <summary>A test that is named as what set a number, or as what shows its case, exists.</summary>
    [Fact]
    public void Every_test_that_a_threshold_names_exists()
    {
        var tests = string.Concat(Repository.Files("tests", ".cs").Select(File.ReadAllText));
        var named = Sources().Where(IsHome).SelectMany(f => NamedTest().Matches(WhiteSpace().Replace(File.ReadAllText(f), " "))).ToList();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(
            named,
            n => !tests.Contains($"class {n.Groups[1].Value}") || (n.Groups[2].Success && !tests.Contains($" {n.Groups[2].Value}("))
        );
    }

    private static IEnumerable<string> Strays(string file) =>
        Literals(file)
            .Where(n => (IsDeclared(n) || !IsPlain(n)) && !IsRounding(n) && !IsCutting(n) && !IsListed(file, n))
            .Select(n => $"{Repository.Relative(file)}:{n.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {n.Parent}");

    private static bool IsPlain(LiteralExpressionSyntax number) =>
        Plain.Contains(Convert.ToDouble(number.Token.Value, CultureInfo.InvariantCulture));

    /// <summary>
    /// A constant, or a time, whatever its number: somebody chose it. A negative one stands for "none", a time of one for the unit itself.
    /// </summary>
    private static bool IsDeclared(LiteralExpressionSyntax number) =>
        number.Parent is not PrefixUnaryExpressionSyntax
        && (
            number.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.ConstKeyword) == true
            || (number.Token.Text != "1" && IsArgumentOf(number, "TimeSpan.From"))
        );

    /// <summary>How long a stranger's text may get where it is shown is a matter of looks.</summary>
    private static bool IsCutting(LiteralExpressionSyntax number) => IsArgumentOf(number, "Hostile.") || IsArgumentOf(number, "Block.Cut");

    private static bool IsArgumentOf(LiteralExpressionSyntax number, string called) =>
        number.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation }
        && invocation.Expression.ToString().StartsWith(called, StringComparison.Ordinal);

    private static bool IsRounding(LiteralExpressionSyntax number) =>
        number.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [_, var digits] } called }
        && digits == number.Parent
        && called.Expression.ToString() == "Math.Round";

    private static bool IsListed(string file, LiteralExpressionSyntax number) =>
        Listed.Any(l => Full(l.File) == file && (l.Literals.Contains("*") || l.Literals.Contains(number.Token.Text)));

    private static IEnumerable<LiteralExpressionSyntax> Literals(string file) =>
        Root(file).DescendantNodes().OfType<LiteralExpressionSyntax>().Where(n => n.IsKind(SyntaxKind.NumericLiteralExpression));

    private static SyntaxNode Root(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot();

    private static IEnumerable<string> Sources() =>
        Rooms
            .SelectMany(room => Repository.Files($"src/Copilot.{room}", ".cs"))
            .Where(f => !Computing.Any(Repository.Relative(f).StartsWith));

    /// <summary>A room's folder of thresholds, or its one file where they are few.</summary>
    private static bool IsHome(string file) => Home().IsMatch(Repository.Relative(file));

    private static string Room(string file) => Repository.Relative(file).Split('/')[1]["Copilot.".Length..];

    private static string Full(string file) => Path.Combine(Repository.Root, "src", "Copilot." + file);

    [GeneratedRegex(@"<summary>.*\w.*</summary>.*<remarks>\s?Unit: .*\w\. Set by .*\w.*</remarks>")]
    private static partial Regex Told();

    [GeneratedRegex(@"^src/[^/]+/(Thresholds/|\w*Thresholds\.cs$)")]
    private static partial Regex Home();

    [GeneratedRegex(@"<c>(\w+Tests)(?:\.(\w+))?</c>")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
