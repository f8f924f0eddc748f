// Slack's official Web API client, against the address in SLACK_API_URL. Prints one JSON object: what each call gave.
import { WebClient } from '@slack/web-api';

const client = new WebClient(process.env.SLACK_TOKEN, {
  slackApiUrl: process.env.SLACK_API_URL,
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 0 },
});
const said = {};
const refused = {};

async function call(name, what) {
  try {
    return (said[name] = await what());
  } catch (error) {
    refused[name] = { code: error.code, error: error.data?.error, needed: error.data?.needed, messages: error.data?.response_metadata?.messages, retryAfter: error.retryAfter, text: String(error.message) };
    return {};
  }
}

if (process.argv[2] === 'scope') {
  await call('pin', () => client.pins.add({ channel: 'C0000ASK', timestamp: '1.1' }));
} else if (process.argv[2] === 'rate') {
  for (let n = 0; n < 25 && !refused.create; n++) await call('create', () => client.conversations.create({ name: `inc-rate-${n}` }));
  said.made = said.create?.channel?.name;
} else {
  await call('who', () => client.auth.test());
  const made = await call('create', () => client.conversations.create({ name: 'inc-official' }));
  const channel = made.channel?.id;
  await call('taken', () => client.conversations.create({ name: 'inc-official' }));
  await call('specials', () => client.conversations.create({ name: 'Inc Official' }));
  await call('long', () => client.conversations.create({ name: 'x'.repeat(81) }));
  await call('topic', () => client.conversations.setTopic({ channel, topic: 'sev1' }));
  await call('tooLong', () => client.conversations.setPurpose({ channel, purpose: 'x'.repeat(251) }));
  const ann = await call('find', () => client.users.lookupByEmail({ email: 'ann@x.example' }));
  await call('nobody', () => client.users.lookupByEmail({ email: 'nobody@x.example' }));
  await call('invite', () => client.conversations.invite({ channel, users: ann.user?.id ?? '' }));
  await call('again', () => client.conversations.invite({ channel, users: ann.user?.id ?? '' }));
  await call('guest', () => client.conversations.invite({ channel, users: 'U2,U3', force: true }));
  const posted = await call('post', () => client.chat.postMessage({
    channel, text: 'guide', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*do* this' } }], metadata: { event_type: 'x', event_payload: { key: 'k1' } },
  }));
  await call('blocks', () => client.chat.postMessage({ channel, text: 'x', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '' } }] }));
  await call('reply', () => client.chat.postMessage({ channel, text: 'in the thread', thread_ts: posted.ts }));
  await call('replies', () => client.conversations.replies({ channel, ts: posted.ts }));
  await call('update', () => client.chat.update({ channel, ts: posted.ts, text: 'guide, rewritten' }));
  await call('lost', () => client.chat.update({ channel, ts: '1.000001', text: 'x' }));
  await call('pin', () => client.pins.add({ channel, timestamp: posted.ts }));
  await call('pinned', () => client.pins.add({ channel, timestamp: posted.ts }));
  await call('bookmark', () => client.bookmarks.add({ channel_id: channel, title: 'Incident page', type: 'link', link: 'https://copilot.example/incidents/1' }));
  await call('ephemeral', () => client.chat.postEphemeral({ channel, user: ann.user?.id, text: 'only you' }));
  await call('view', () => client.views.open({ trigger_id: 'never-made', view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] } }));
  said.channels = [];
  for await (const page of client.paginate('conversations.list', { limit: 2 })) said.channels.push(page.channels.map((item) => item.name));
}

console.log(JSON.stringify({ said, refused }));
