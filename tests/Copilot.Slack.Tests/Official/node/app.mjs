// An app on Slack's official framework: it takes what the double sends, and answers through the double. Each line it prints is one thing that happened.
import bolt from '@slack/bolt';

const { App, HTTPReceiver, LogLevel } = bolt;
const socketMode = process.argv[2] === 'socket';
const tell = (what) => console.log(JSON.stringify(what));
const options = {
  token: process.env.SLACK_TOKEN,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL, allowAbsoluteUrls: true },
};
const receiver = socketMode ? undefined : new HTTPReceiver({ signingSecret: process.env.SLACK_SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App(socketMode ? { ...options, socketMode: true, appToken: process.env.SLACK_APP_TOKEN } : { ...options, receiver });

app.command('/copilot', async ({ command, ack, respond }) => {
  await ack({ response_type: 'ephemeral', text: 'Looking…' });
  await respond({ response_type: 'ephemeral', text: `answer to ${command.text}` });
  tell({ command: command.text, user: command.user_id });
});
app.event('app_mention', async ({ event, say }) => {
  await say({ text: `heard: ${event.text}`, thread_ts: event.ts });
  tell({ mention: event.text });
});
app.action('propose_incident', async ({ ack, body, client }) => {
  await ack();
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'the preview' } }];
  await client.views.open({ trigger_id: body.trigger_id, view: { type: 'modal', callback_id: 'create_incident', title: { type: 'plain_text', text: 'Create' }, blocks } });
  tell({ action: body.actions[0].value });
});
app.view('create_incident', async ({ ack, view }) => {
  await ack();
  tell({ submitted: view.private_metadata });
});
app.shortcut('ask_about', async ({ ack, shortcut, client }) => {
  await ack();
  await client.chat.postMessage({ channel: shortcut.channel.id, thread_ts: shortcut.message.ts, text: 'about that' });
  tell({ shortcut: shortcut.message.text });
});
app.error(async (error) => tell({ error: String(error) }));

const server = await app.start(socketMode ? undefined : 0);
tell({ listening: socketMode ? 0 : server.address().port });
