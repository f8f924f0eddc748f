using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>Groups and the people in them, whichever side declares the membership; groups in groups count.</summary>
internal sealed class TeamDirectory
{
    private readonly Dictionary<string, CatalogEntity> _groups;
    private readonly Dictionary<string, CatalogEntity> _users;
    private readonly ILookup<string, CatalogEntity> _byName;
    private readonly Dictionary<string, CatalogEntity> _byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, string> _homes;
    private readonly ILookup<string, string> _children;
    private readonly ILookup<string, string> _members;

    public TeamDirectory(IEnumerable<CatalogEntity> entities)
    {
        var all = entities.ToArray();
        _groups = Index(all.Where(entity => entity.Is("Group")));
        _users = Index(all.Where(entity => entity.Is("User")));
        _children = _groups
            .Values.SelectMany(group => group.Children.Select(child => (Parent: group.Ref, Child: child)))
            .Concat(_groups.Values.Where(group => group.Parent is not null).Select(group => (Parent: group.Parent!, Child: group.Ref)))
            .Distinct()
            .ToLookup(pair => pair.Parent, pair => pair.Child);
        _members = _groups
            .Values.SelectMany(group => group.Members.Select(member => (Group: group.Ref, User: member)))
            .Concat(_users.Values.SelectMany(user => user.MemberOf.Select(group => (Group: group, User: user.Ref))))
            .Distinct()
            .ToLookup(pair => pair.Group, pair => pair.User);
        _homes = _members
            .SelectMany(group => group.Select(user => (Group: group.Key, User: user)))
            .ToLookup(pair => pair.User, pair => pair.Group);
        _byName = _groups.Values.ToLookup(group => group.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var user in _users.Values.Where(user => user.Email is not null))
            _byEmail.TryAdd(user.Email!, user);
    }

    public IReadOnlyCollection<CatalogEntity> Groups => _groups.Values;

    public IReadOnlyCollection<CatalogEntity> Users => _users.Values;

    public CatalogEntity? Group(string reference) => _groups.GetValueOrDefault(reference);

    public CatalogEntity? User(string reference) => _users.GetValueOrDefault(reference);

    /// <summary>What a group is called among all of them: its name, with its namespace where another group bears the name too.</summary>
    public string NameOf(CatalogEntity group) => EntityRef.Shown(group, _byName[group.Name]);

    /// <summary>
    /// The group that a reference, a short name or "org/team" means: its whole reference first, then an annotation with that value, then
    /// its own name, of several that of the default namespace.
    /// </summary>
    public CatalogEntity? GroupNamed(string name)
    {
        if (_groups.GetValueOrDefault(EntityRef.Parse(name, "group", EntityRef.DefaultNamespace)) is { } whole)
            return whole;
        var annotated = _groups.Values.Where(group => group.Annotations.Values.Any(value => Same(value, name))).Take(2).ToArray();
        if (annotated.Length == 1 && name.Contains('/', StringComparison.Ordinal))
            return annotated[0];
        var alike = _byName[name[(name.LastIndexOf('/') + 1)..]].ToArray();
        return alike.Length == 1 ? alike[0]
            : alike.FirstOrDefault(group => Same(group.Namespace, EntityRef.DefaultNamespace)) is { } common ? common
            : alike.Length == 0 ? annotated.FirstOrDefault()
            : null;
    }

    public CatalogEntity? UserByEmail(string? email) => email is null ? null : _byEmail.GetValueOrDefault(email);

    /// <summary>The user of a name or display name; where several bear it, the one of the group, or of the default namespace.</summary>
    public CatalogEntity? UserByName(string name, CatalogEntity? group = null)
    {
        var inside = group is null ? [] : MembersOf(group.Ref);
        var whole = _users.GetValueOrDefault(EntityRef.Parse(name, "user", EntityRef.DefaultNamespace));
        return whole is not null && (group is null || inside.Contains(whole.Ref)) ? whole : Alike(name, inside) ?? whole;
    }

    private CatalogEntity? Alike(string name, IReadOnlyList<string> inside)
    {
        var alike = _users
            .Values.Where(user => Same(user.Name, name) || (user.DisplayName is not null && Same(user.DisplayName, name)))
            .ToArray();
        return alike.Length == 1 ? alike[0]
            : alike.Where(user => inside.Contains(user.Ref)).ToArray() is [var member] ? member
            : null;
    }

    /// <summary>The references of a group's users, those of its child groups included.</summary>
    public IReadOnlyList<string> MembersOf(string group)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { group };
        var open = new Queue<string>([group]);
        var found = new List<string>();
        while (open.TryDequeue(out var next))
        {
            found.AddRange(_members[next].Where(user => !found.Contains(user)));
            foreach (var child in _children[next].Where(seen.Add))
                open.Enqueue(child);
        }

        return found;
    }

    public IReadOnlyList<string> GroupsOf(string user) => [.. _homes[user]];

    private static Dictionary<string, CatalogEntity> Index(IEnumerable<CatalogEntity> entities)
    {
        var index = new Dictionary<string, CatalogEntity>(StringComparer.Ordinal);
        foreach (var entity in entities)
            index.TryAdd(entity.Ref, entity);
        return index;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
