import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command, Reply } from './answer-commands.ts';

const PATIENCE_MS = 60_000;
const KEPT_OUTPUT = 8_000;
/** How long a process has to end when it is asked to. */
const FAREWELL_MS = 10_000;

/** A program of Node as a process of its own, asked over a channel. */
export class Child {
  /** Called with what the process tells unasked. */
  onTold: (told: unknown) => void = () => {};
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #ended: Promise<unknown>;
  readonly #process: ChildProcess;
  readonly #name: string;
  #output = '';
  #lastId = 0;
  #onOutput: () => void = () => {};

  /** @param args the program and what stands before it; `directory` is where it runs */
  constructor(args: readonly string[], environment: Readonly<Record<string, string>>, directory: string) {
    this.#name = args.at(-1)!;
    this.#process = spawn(process.execPath, [...args], {
      cwd: directory,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    const take = (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-KEPT_OUTPUT);
      this.#onOutput();
    };
    this.#process.stdout!.on('data', take);
    this.#process.stderr!.on('data', take);
    this.#process.on('message', (reply: Reply) => this.#take(reply));
    this.#ended = once(this.#process, 'exit').then(() => this.#fail());
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /**
   * The port that it says it listens at.
   *
   * @throws Error with what it printed when it ends before, or does not tell within a minute
   */
  async port(): Promise<number> {
    const found = Promise.withResolvers<number>();
    this.#onOutput = () => {
      const told = /https?:\/\/[\w.]+:(\d+)\/graphql/.exec(this.#output);
      if (told) found.resolve(Number(told[1]));
    };
    this.#onOutput();
    void this.#ended.then(() => found.reject(this.#failure()));
    const timer = setTimeout(() => found.reject(new Error(`${this.#name} did not listen in time.`)), PATIENCE_MS);
    try {
      return await found.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Asks for something to be done.
   *
   * @throws Error when it fails there, or the process ends
   */
  ask<Result = void>(command: string, value?: unknown): Promise<Result> {
    if (!this.#isRunning) return Promise.reject(this.#failure());
    const id = ++this.#lastId;
    const asked = Promise.withResolvers<unknown>();
    this.#asked.set(id, asked);
    this.#process.send({ id, command, value } satisfies Command, (error) => {
      if (error) this.#settle(id)?.reject(error);
    });
    return asked.promise as Promise<Result>;
  }

  /** Ends the process: by a request, and by force where it does not heed it. */
  async stop(): Promise<void> {
    if (this.#isRunning) this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), FAREWELL_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  get #isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  #take(reply: Reply): void {
    if ('told' in reply) this.onTold(reply.told);
    else if ('error' in reply) this.#settle(reply.id)?.reject(new Error(`${this.#name}: ${reply.error}`));
    else this.#settle(reply.id)?.resolve(reply.result);
  }

  #settle(id: number): PromiseWithResolvers<unknown> | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  #fail(): void {
    for (const id of [...this.#asked.keys()]) this.#settle(id)?.reject(this.#failure());
  }

  #failure(): Error {
    return new Error(`${this.#name} ended:\n${this.#output}`);
  }
}
