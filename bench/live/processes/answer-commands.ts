/** What a process does when its parent asks, by the command's name. */
export type Handlers = Readonly<Record<string, (value: never) => unknown>>;

/** What the parent sends. */
export interface Command {
  readonly id: number;
  readonly command: string;
  readonly value: unknown;
}

/** What comes back: the answer of a command, or something told unasked. */
export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly told: unknown };

/** Does what the parent process asks over its channel, and ends when the parent is gone. */
export function answerCommands(handlers: Handlers): void {
  process.on('message', async ({ id, command, value }: Command) => {
    const handle = handlers[command];
    if (!handle) return;
    try {
      reply({ id, result: await handle(value as never) });
    } catch (error) {
      reply({ id, error: (error as Error).stack ?? String(error) });
    }
  });
  process.once('disconnect', () => process.exit(1));
}

/** Tells the parent something unasked. */
export function tell(told: unknown): void {
  reply({ told });
}

function reply(message: Reply): void {
  if (process.connected) process.send?.(message);
}
