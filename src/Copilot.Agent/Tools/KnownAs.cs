namespace Copilot.Agent.Tools;

/// <summary>What a text of a result is known as. A name is a fact as what it is and as nothing else: an operation called like a person is no person.</summary>
internal enum KnownAs
{
    /// <summary>A service that the store knows.</summary>
    Service,

    /// <summary>An operation (span name) that the store knows.</summary>
    Operation,

    /// <summary>An attribute's key.</summary>
    Attribute,

    /// <summary>The id of a trace or a span.</summary>
    Id,

    /// <summary>An instant or a window.</summary>
    Time,

    /// <summary>A version that a change or a deploy was recorded with.</summary>
    Version,

    /// <summary>A person of the catalogue.</summary>
    Person,

    /// <summary>A team of the catalogue.</summary>
    Team,

    /// <summary>A file, a channel or an address of the catalogue.</summary>
    Document,

    /// <summary>A word of this code: a status, a role, a measure, a unit.</summary>
    Word,

    /// <summary>A query that was run.</summary>
    Query,

    /// <summary>A sentence of this code whose numbers are facts; what it quotes is not.</summary>
    Claim,

    /// <summary>A sentence of this code that tells the data once more; nothing in it is a fact of its own.</summary>
    Told,
}
