using Copilot.Incidents.Runbooks;
using Copilot.Store.Reads.Details;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Traces;

namespace Copilot.Agent.Tools;

/// <summary>What the tools read besides what answers are made of.</summary>
internal sealed record ToolSources(RequestReads Requests, TraceReads Traces, TraceDetailReads Details, IRunbooks Runbooks);
