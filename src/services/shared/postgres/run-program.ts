import { execFile } from 'node:child_process';

/** Which user of the operating system a program runs as. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

export interface ProgramResult {
  readonly succeeded: boolean;
  /** What it printed to both streams, or why it could not be started. */
  readonly output: string;
}

/**
 * The environment that PostgreSQL's programs get: nothing of ours but where programs and libraries are, because a
 * superuser of the database can read it (COPY … FROM PROGRAM), and it holds our secrets.
 */
export function programEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { TZ: 'UTC' };
  for (const name of ['PATH', 'LD_LIBRARY_PATH']) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** Runs a program to its end, as `account` where one is given; a failure is a result and never an exception. */
export function runProgram(file: string, parameters: readonly string[], account?: Identity): Promise<ProgramResult> {
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  // From "/", since the account may not be allowed into our own working directory.
  const options = { cwd: '/', env: programEnvironment(), maxBuffer: 16 * 1024 * 1024, ...identity };
  return new Promise((resolve) => {
    try {
      execFile(file, parameters, options, (error, stdout, stderr) => {
        const printed = `${stdout}${stderr}`.trim();
        resolve({ succeeded: error === null, output: printed || (error?.message ?? '') });
      });
    } catch (error) {
      resolve({ succeeded: false, output: String(error) });
    }
  });
}
