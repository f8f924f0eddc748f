using Copilot.Instrument.Ledger;
using Copilot.Instrument.Propagation;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Instrument;

public static class InstrumentRegistration
{
    /// <summary>The ledger of who takes part in tracing. Needs the store and ownership.</summary>
    public static IServiceCollection AddInstrument(this IServiceCollection services) =>
        services.AddSingleton<PropagationReader>().AddSingleton<LedgerReader>().AddSingleton<WaveReader>();
}
