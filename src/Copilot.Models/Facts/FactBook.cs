using Copilot.Models.Audit;
using Copilot.Models.Phrases;
using Copilot.Models.Tools;

namespace Copilot.Models.Facts;

/// <summary>
/// What the results of a question show, typed: figures with their unit, measure, side and time and whose they are; instants with what they
/// are of; names as what they are known as; who calls whom, what is a cause, who does well. What a stranger wrote is kept apart: it may be
/// quoted and is no fact.
/// </summary>
internal sealed class FactBook
{
    private readonly Dictionary<KnownAs, HashSet<string>> _names = [];
    private readonly Dictionary<string, HashSet<string>> _kinds = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<FactEntry> _entries = [];
    private readonly List<FactList> _lists = [];
    private readonly List<Quotation> _quotations = [];
    private readonly HashSet<string> _causes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _troubled = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HealthRow> _health = [];
    private readonly HashSet<(string Caller, string Callee)> _calls = [];
    private readonly HashSet<(string Service, bool AsCaller)> _asked = [];
    private readonly IReadOnlyList<string> _services;
    private List<Fact>? _facts;
    private List<FactTime>? _times;

    /// <param name="results">What the tools gave back.</param>
    /// <param name="question">Names, numbers and times that the person used may be said again.</param>
    /// <param name="services">All services known.</param>
    public FactBook(IEnumerable<ToolResult> results, string question, IReadOnlyList<string> services)
    {
        this._services = services;
        foreach (var result in results)
            new ResultReader(this, result).Read();
        Tallies.AddTo(this);
        var asked = Entry(new FactEntry());
        // A person's counts and times may be said again; a rate that somebody pasted is no finding.
        foreach (var said in Asked(question).Where(said => said.Unit is null or FactUnit.Duration))
            asked.Facts.Add(new Fact(said.Value, said.Unit ?? FactUnit.Plain, MeasureNames.Asked, FactSide.None, asked));
    }

    private IReadOnlyList<SaidNumber> Asked(string question)
    {
        try
        {
            return [.. ProseNumbers.In(question, english: true)];
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            LeftOut++;
            return [];
        }
    }

    /// <summary>Texts that could not be read in time: nothing in them is a fact.</summary>
    public int LeftOut { get; set; }

    public IReadOnlyList<FactEntry> Entries => _entries;

    public IReadOnlyList<FactList> Lists => _lists;

    public IReadOnlyList<Fact> Facts => _facts ??= [.. _entries.SelectMany(entry => entry.Facts)];

    public IReadOnlyList<FactTime> Times => _times ??= [.. _entries.SelectMany(entry => entry.Times)];

    /// <summary>Services that a result names as a cause.</summary>
    public IReadOnlyCollection<string> Causes => _causes;

    /// <summary>Services of which a result shows that something is wrong; an empty name for requests of no service in particular.</summary>
    public IReadOnlyCollection<string> Troubled => _troubled;

    public IReadOnlyList<HealthRow> Health => _health;

    /// <summary>A result shows the health of every service there is.</summary>
    public bool KnowsEveryService { get; private set; }

    /// <summary>A result says that there is nothing.</summary>
    public bool HasNothing { get; private set; }

    /// <summary>Figures of failures as they are now.</summary>
    public IEnumerable<Fact> Failures => Facts.Where(fact => fact.IsOfFailures && fact.Side != FactSide.Before);

    public IReadOnlyList<Quotation> Quotations => _quotations;

    /// <summary>Who calls whom.</summary>
    public IReadOnlyCollection<(string Caller, string Callee)> Calls => _calls;

    /// <summary>All that a service calls, or all that call it, is known.</summary>
    public bool KnowsCallsOf(string service, bool asCaller) =>
        _asked.Any(known => known.AsCaller == asCaller && known.Service.Equals(service, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is known as one of these.</summary>
    public IEnumerable<string> Named(params KnownAs[] kinds) => kinds.SelectMany(kind => _names.GetValueOrDefault(kind) ?? []);

    public bool IsNamed(string name, params KnownAs[] kinds) => kinds.Any(kind => _names.GetValueOrDefault(kind)?.Contains(name) == true);

    /// <summary>As what entries bear a name: a service, a team, a value of an attribute; empty where none does.</summary>
    public IReadOnlyCollection<string> KindsOf(string name) => _kinds.TryGetValue(name, out var kinds) ? kinds : [];

    /// <summary>Every name that an entry bears.</summary>
    public IEnumerable<string> EntryNames => _kinds.Keys;

    /// <summary>The known services that a text names.</summary>
    public IReadOnlyList<string> ServicesIn(string text) => [.. _services.Where(service => WholeWords.Find(text, service) >= 0)];

    public FactEntry Entry(FactEntry entry)
    {
        _entries.Add(entry);
        return entry;
    }

    public FactList List(string name)
    {
        var list = new FactList(name);
        _lists.Add(list);
        return list;
    }

    public void Know(string name, KnownAs what)
    {
        if (!_names.TryGetValue(what, out var all))
            _names[what] = all = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        all.Add(name);
    }

    /// <summary>An entry is of a name; names are looked for in sentences afterwards.</summary>
    public void Name(FactEntry entry, string kind, string name)
    {
        entry.Name(kind, name);
        if (!_kinds.TryGetValue(name, out var kinds))
            _kinds[name] = kinds = new HashSet<string>(StringComparer.Ordinal);
        kinds.Add(kind);
    }

    /// <summary>The services that an entry is of, instead of those around it.</summary>
    public void NameAnew(FactEntry entry, IReadOnlyList<string> services)
    {
        entry.NameAnew(NameKinds.Service, services);
        foreach (var service in services)
            Name(entry, NameKinds.Service, service);
    }

    public void Quote(Quotation quotation) => _quotations.Add(quotation);

    public void Blame(string service) => _causes.Add(service);

    public void Trouble(string service) => _troubled.Add(service);

    public void Well(HealthRow row)
    {
        _health.Add(row);
        if (!row.IsWell)
            _troubled.Add(row.Service);
    }

    public void Call(string caller, string callee) => _calls.Add((caller, callee));

    public void AskedCalls(string service, bool asCaller) => _asked.Add((service, asCaller));

    public void Nothing() => HasNothing = true;

    public void EveryService() => KnowsEveryService = true;
}

/// <summary>What a stranger wrote into telemetry or a file.</summary>
/// <param name="Key">Of an attribute's value, the attribute; null for free text.</param>
/// <param name="IsOfRunbook">It is a text of a runbook that was handed in.</param>
internal sealed record Quotation(string Text, string? Key, bool IsOfRunbook);

/// <summary>How one service does, by its own requests.</summary>
internal sealed record HealthRow(string Service, bool IsClearlyWorse, double ErrorRate)
{
    public bool IsWell => !IsClearlyWorse && ErrorRate <= CheckingThresholds.WellErrors;
}
