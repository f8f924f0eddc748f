using System.Text.Json.Serialization;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Frames;

/// <summary>What rows stand for: services, operations of services, or the values of an attribute.</summary>
public sealed record FrameGroup
{
    public required FrameGroupKind Kind { get; init; }

    /// <summary>Of attributes.</summary>
    [JsonConverter(typeof(FieldExpressionJson))]
    public FieldExpression? Field { get; init; }

    /// <summary>Of attributes: it lies on an inner span of the request's trace, not on the request itself.</summary>
    public bool InTrace { get; init; }

    public static FrameGroup Service { get; } = new() { Kind = FrameGroupKind.Service };

    /// <summary>The teams that own the services.</summary>
    public static FrameGroup Team { get; } = new() { Kind = FrameGroupKind.Team };

    public static FrameGroup Operation { get; } = new() { Kind = FrameGroupKind.Operation };

    public static FrameGroup Of(AttributeReference attribute) => new() { Kind = FrameGroupKind.Attribute, Field = attribute };

    /// <summary>The name of the column: <c>service</c>, <c>operation</c>, the attribute's key.</summary>
    public string Column =>
        Kind switch
        {
            FrameGroupKind.Service => "service",
            FrameGroupKind.Operation => "operation",
            FrameGroupKind.Team => "team",
            _ => Field is AttributeReference attribute ? attribute.Name : Field?.ToString() ?? "value",
        };
}

public enum FrameGroupKind
{
    Service,

    /// <summary>By service and operation: rows have both columns.</summary>
    Operation,
    Attribute,

    /// <summary>By the team that owns the service; known to the catalogue, to no span.</summary>
    Team,
}
