using Copilot.Store.Reads.Breakdowns;
using Copilot.Store.Reads.Catalogue;
using Copilot.Store.Reads.Changes;
using Copilot.Store.Reads.Details;
using Copilot.Store.Reads.Logs;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Services;
using Copilot.Store.Reads.Topology;
using Copilot.Store.Reads.Traces;
using Microsoft.Extensions.DependencyInjection;

namespace Copilot.Store.Reads;

/// <summary>Registers the typed reads over what has been received.</summary>
public static class ReadsRegistration
{
    public static IServiceCollection AddReads(this IServiceCollection services) => services
        .AddSingleton<RequestReads>()
        .AddSingleton<TraceReads>()
        .AddSingleton<TraceDetailReads>()
        .AddSingleton<TopologyReads>()
        .AddSingleton<PeerHealthReads>()
        .AddSingleton<LogReads>()
        .AddSingleton<ChangeReads>()
        .AddSingleton<ServiceReads>()
        .AddSingleton<BreakdownReads>()
        .AddSingleton<SpanAttributeReads>()
        .AddSingleton<CatalogueReads>();
}
