using Copilot.Ownership.Catalog;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Reads.Traces;

namespace Copilot.Models.Tools;

/// <summary>What the tools read besides what answers are made of.</summary>
internal sealed record ToolSources(RequestReads Requests, TraceReads Traces, TraceDetailReads Details, IRunbooks Runbooks);
