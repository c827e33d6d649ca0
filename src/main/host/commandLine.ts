import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  /** Null: the port of the last run, or a free one. */
  port: number | null;
  dataFolder: string;
  /** Null: the token kept in the data folder. */
  token: string | null;
  /** True for a token among the arguments, which everybody on this machine can read. */
  tokenIsVisible: boolean;
  open: boolean;
  /** The name of a backup to restore before anything is opened. */
  restore: string | null;
  /** Begin with an empty database where the old one is gone. */
  startEmpty: boolean;
}

/** The folder in which programs of this system keep a person's data; both hosts use the same one. */
export const defaultDataFolder = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string => {
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Emergence');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Emergence');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'emergence');
};

const flags = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  token: { type: 'string' },
  'no-open': { type: 'boolean' },
  restore: { type: 'string' },
  'start-empty': { type: 'boolean' },
} as const;
const usage = 'Flags: --headless, --port NUMBER, --data-dir FOLDER, --token TOKEN, --no-open, --restore BACKUP, --start-empty.';

const parse = (args: string[], strict: boolean) => {
  try {
    return parseArgs({ args, strict, allowPositionals: !strict, options: flags });
  } catch (error) {
    // The first sentence of the message names the problem; the rest is for programmers.
    const [problem] = (error as Error).message.split(/\.?\s*\n|\.\s/);
    throw new Error(`${problem}. ${usage}`, { cause: error });
  }
};

/** Reads flags and environment. Throws an Error with a sentence for the person where they make no sense. */
export const readCommandLine = (args: string[], env: NodeJS.ProcessEnv, strict = true): StartOptions => {
  const { values } = parse(args, strict);
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const port = text(values.port);
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= 65_535)) throw new Error(`--port ${port} is not a port number.`);
  const token = text(values.token) ?? text(env.EMERGENCE_TOKEN);
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new Error('The token may only have visible ASCII characters, without spaces.');
  return {
    port: port === undefined ? null : Number(port),
    dataFolder: resolve(text(values['data-dir']) ?? defaultDataFolder(process.platform, env, homedir())),
    token: token ?? null,
    tokenIsVisible: text(values.token) !== undefined,
    open: values['no-open'] !== true,
    restore: text(values.restore) ?? null,
    startEmpty: values['start-empty'] === true,
  };
};
