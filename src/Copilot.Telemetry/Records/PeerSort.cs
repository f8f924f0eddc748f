namespace Copilot.Telemetry.Records;

/// <summary>What sort of thing a peer is, told by the attributes of the calls to it.</summary>
public enum PeerSort
{
    /// <summary>Whatever sends no spans.</summary>
    Any,

    /// <summary>Calls carry db.system.</summary>
    Database,

    /// <summary>Calls carry messaging.system.</summary>
    Messaging,

    /// <summary>Neither: another company's API, an uninstrumented service.</summary>
    External,
}
