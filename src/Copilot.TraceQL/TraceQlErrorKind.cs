namespace Copilot.TraceQL;

/// <summary>Why a query cannot run.</summary>
public enum TraceQlErrorKind
{
    /// <summary>It is not TraceQL.</summary>
    Syntax,

    /// <summary>It is TraceQL that means nothing: types that do not fit, arguments out of range.</summary>
    Invalid,

    /// <summary>It means something that is not supported, here or in Tempo.</summary>
    Unsupported,
}
