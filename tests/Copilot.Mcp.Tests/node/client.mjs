// The official client: lists the tools, calls one, and prints what it got as one line of JSON.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [address, tool, args] = process.argv.slice(2);
const client = new Client({ name: "driver", version: "1.0.0" });
await client.connect(new StreamableHTTPClientTransport(new URL(address)));
const { tools } = await client.listTools();
const result = await client.callTool({ name: tool, arguments: JSON.parse(args) });
console.log(
  JSON.stringify({
    server: client.getServerVersion().name,
    instructions: client.getInstructions(),
    tools: tools.map((one) => ({ name: one.name, readOnly: one.annotations?.readOnlyHint })),
    result,
  }),
);
await client.close();
