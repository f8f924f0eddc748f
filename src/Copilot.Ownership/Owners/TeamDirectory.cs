using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>Groups and the people in them, whichever side declares the membership; groups in groups count.</summary>
internal sealed class TeamDirectory
{
    private readonly Dictionary<string, CatalogEntity> _groups;
    private readonly Dictionary<string, CatalogEntity> _users;
    private readonly Dictionary<string, CatalogEntity> _byName = new(StringComparer.OrdinalIgnoreCase);
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
        foreach (var group in _groups.Values)
            _byName.TryAdd(group.Name, group);
        foreach (var user in _users.Values.Where(user => user.Email is not null))
            _byEmail.TryAdd(user.Email!, user);
    }

    public IReadOnlyCollection<CatalogEntity> Groups => _groups.Values;

    public IReadOnlyCollection<CatalogEntity> Users => _users.Values;

    public CatalogEntity? Group(string reference) => _groups.GetValueOrDefault(reference);

    public CatalogEntity? User(string reference) => _users.GetValueOrDefault(reference);

    /// <summary>The group that a short name (or "org/team") means: its own name first, then an annotation with that value.</summary>
    public CatalogEntity? GroupNamed(string name)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        return _byName.GetValueOrDefault(last)
            ?? _groups.Values.FirstOrDefault(group => group.Annotations.Values.Any(value => Same(value, name)));
    }

    public CatalogEntity? UserByEmail(string? email) => email is null ? null : _byEmail.GetValueOrDefault(email);

    public CatalogEntity? UserByName(string name) =>
        _users.Values.FirstOrDefault(user => Same(user.Name, name) || (user.DisplayName is not null && Same(user.DisplayName, name)));

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
