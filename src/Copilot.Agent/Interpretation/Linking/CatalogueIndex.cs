using System.Runtime.CompilerServices;
using Copilot.Agent.Interpretation.Catalogue;

namespace Copilot.Agent.Interpretation.Linking;

/// <summary>A catalogue made ready to be looked up by words; built once a snapshot.</summary>
internal sealed class CatalogueIndex
{
    private static readonly ConditionalWeakTable<LiveCatalogue, CatalogueIndex> Built = [];

    private CatalogueIndex(LiveCatalogue catalogue)
    {
        Catalogue = catalogue;
        foreach (var service in catalogue.Services)
            ServiceNames.Add(service, CommonPrefix(catalogue), Services, ServiceStems);
        foreach (var person in catalogue.People)
            AddPerson(person);
        foreach (var team in catalogue.Teams)
            AddTeam(team);
        Operations = new OperationIndex(catalogue);
        Attributes = new AttributeIndex(catalogue);
    }

    public LiveCatalogue Catalogue { get; }

    public NameIndex Services { get; } = new();

    public NameIndex ServiceStems { get; } = new();

    public NameIndex People { get; } = new();

    public NameIndex Teams { get; } = new();

    public OperationIndex Operations { get; }

    public AttributeIndex Attributes { get; }

    public static CatalogueIndex Of(LiveCatalogue catalogue) => Built.GetValue(catalogue, c => new CatalogueIndex(c));

    private void AddPerson(CataloguePerson person)
    {
        var target = new LinkTarget(person.Name, LinkKind.Person);
        var parts = NameParts.Of(person.Name);
        People.Add(NameParts.Joined(parts), target, 1, tolerant: true);
        foreach (var handle in person.Handles)
            People.Add(NameParts.Joined(NameParts.Of(handle)), target, 1);
        foreach (var part in parts.Where(p => p.Length > 2))
            People.Add(part, target, 0.8);
    }

    private void AddTeam(string team)
    {
        var target = new LinkTarget(team, LinkKind.Team);
        Teams.Add(NameParts.Joined(NameParts.Of(team)), target, 1, tolerant: true);
    }

    // "ts-order", "ts-travel", … : a prefix that most names share tells nothing.
    private static string? CommonPrefix(LiveCatalogue catalogue)
    {
        var firsts = catalogue.Services.Where(s => s.Instrumented).Select(s => NameParts.Of(s.Name)).Where(p => p.Count > 1).GroupBy(p => p[0])
            .OrderByDescending(g => g.Count()).FirstOrDefault();
        var count = firsts?.Count() ?? 0;
        return count >= 4 && count * 2 >= catalogue.Services.Count(s => s.Instrumented) ? firsts!.Key : null;
    }
}
