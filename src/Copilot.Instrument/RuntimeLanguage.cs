namespace Copilot.Instrument;

/// <summary>What a workload's own code runs on, as far as instrumentation tells languages apart; Kotlin and Scala are the JVM's.</summary>
public enum RuntimeLanguage
{
    Unknown,
    Java,
    NodeJs,
    Python,
    DotNet,
    Go,
    Ruby,
    Php,
    Rust,
    Cpp,
    Erlang,
    Swift,
    Nginx,
    ApacheHttpd,
    Envoy,

    /// <summary>Off-the-shelf software that is no code of the company's: a database, a broker, a cache, a telemetry back end.</summary>
    Infrastructure,
}
