/**
 * Prints the latest calls, then each call as it is recorded: `node examples/live-client/main.ts [address] [e-mail]`.
 *
 * Stop the server and start it again: what was recorded meanwhile comes as soon as it is back.
 */
import { followLive } from './follow-live.ts';
import { liveSocket } from './live-socket.ts';
import { type BoardCallFragment, CallBoardDocument, CallTailDocument } from './operations.generated.ts';
import { Session } from './session.ts';

const [url = 'http://127.0.0.1:4000', email = 'admin@demo.example'] = process.argv.slice(2);
const LATEST = 10;

const lineOf = ({ startedAt, caller, called, status, durationSeconds, charge }: BoardCallFragment) =>
  [startedAt, caller.number, '→', called.number, status, `${durationSeconds} s`, charge?.amount.amount ?? '–'].join(
    '  ',
  );

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

const session = await Session.open(url, { email, password: process.env.PASSWORD ?? 'switchboard' });
const { client, close } = liveSocket(url, session);
const steps = followLive(
  {
    client,
    snapshot: () => session.ask(CallBoardDocument, { first: LATEST }),
    subscription: CallTailDocument,
    messageOf: ({ callFeed }) => callFeed,
    renew: () => session.renew(),
  },
  stop.signal,
);
/** The calls that the snapshot showed: the first messages may tell of them again. */
let shown = new Set<string>();
for await (const { snapshot, message } of steps) {
  if (snapshot) {
    const latest = snapshot.calls.nodes.toReversed();
    shown = new Set(latest.map(({ id }) => id));
    console.log(`The latest ${latest.length} calls:`);
    for (const call of latest) console.log(lineOf(call));
    console.log('Calls from now on:');
  } else if (message.call && !shown.has(message.call.id)) console.log(lineOf(message.call));
}
await close();
