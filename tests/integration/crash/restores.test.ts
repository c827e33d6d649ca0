import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { fillFromPrepared } from '../../support/preparedFolder';
import { type Client, isBuilt, type Program, problemsOf, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

/** Set it higher by hand, for figures. */
const lives = Number(process.env.EMERGENCE_CRASH_LIVES ?? 8);
const longestLifeMs = 1_500;

/** A generator of numbers in 0..1 that is the same in every run (mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** Everything that the program acknowledged since the data folder got its present state. */
interface State {
  conversations: Set<string>;
  /** Being forgotten when the process died: it may still exist or not. */
  undecided: Set<string>;
}
const copyOf = ({ conversations, undecided }: State): State => ({ conversations: new Set(conversations), undecided: new Set(undecided) });

interface BackedUp {
  /**
   * The state acknowledged when the backup was begun: the backup contains all of it except what was being forgotten before its end.
   */
  before: State;
  begunToForget: Set<string>;
  /** Everything sent before its end: the backup contains nothing else. */
  sentAfter: Set<string>;
}

interface Remembered {
  present: State;
  /** The acknowledged ones, by name. */
  backups: Map<string, BackedUp>;
  acknowledged: number;
  /** Everything that was ever sent, acknowledged or not, and everything whose forgetting was ever begun. */
  sent: Set<string>;
  begunToForget: Set<string>;
}

const write = async (client: Client, remembered: Remembered): Promise<void> => {
  for (;;) {
    const id = newId();
    remembered.sent.add(id);
    await client.conversations.create({ id });
    remembered.present.conversations.add(id);
    remembered.acknowledged += 1;
  }
};

const forget = async (client: Client, remembered: Remembered): Promise<void> => {
  for (;;) {
    await wait(120);
    const [id] = remembered.present.conversations;
    if (!id) continue;
    remembered.present.conversations.delete(id);
    remembered.present.undecided.add(id);
    remembered.begunToForget.add(id);
    await client.conversations.forget({ id });
    remembered.present.undecided.delete(id);
    remembered.acknowledged += 1;
  }
};

const backUp = async (client: Client, remembered: Remembered): Promise<void> => {
  for (;;) {
    const before = copyOf(remembered.present);
    const { name, state } = await client.system.backup();
    expect(state).toBe('sound');
    remembered.backups.set(name, { before, begunToForget: new Set(remembered.begunToForget), sentAfter: new Set(remembered.sent) });
    remembered.acknowledged += 1;
    await wait(200);
  }
};

const idsIn = (path: string): Set<string> => {
  const db = new Database(path, { readonly: true });
  try {
    return new Set(db.prepare('SELECT id FROM conversations WHERE deleted_at IS NULL').pluck().all() as string[]);
  } finally {
    db.close();
  }
};

const missing = (wanted: Set<string>, found: Set<string>, except: Set<string>): string[] =>
  [...wanted].filter((id) => !found.has(id) && !except.has(id));

it.skipIf(!isBuilt)(
  `loses nothing acknowledged in ${lives} kills among backups and restores (needs out/)`,
  { timeout: 600_000 },
  async () => {
    const folder = temporaryFolder();
    await fillFromPrepared(folder);
    const random = seeded(77);
    const remembered: Remembered = {
      present: { conversations: new Set(), undecided: new Set() },
      backups: new Map(),
      acknowledged: 0,
      sent: new Set(),
      begunToForget: new Set(),
    };
    let restores = 0;
    let program: Program = await startProgram(folder);
    for (let life = 0; life < lives; life += 1) {
      const { client, gone } = program;
      const work = [write, forget, backUp].map((task) => Promise.race([task(client, remembered), gone]).catch(() => {}));
      await wait(200 + random() * longestLifeMs);
      const list = (await client.system.backups()).map(({ name }) => name);
      const kept = [...remembered.backups.keys()].filter((name) => list.includes(name));
      // One of the last three, or of those that a slow machine has made.
      const chosen = kept.at(-1 - Math.floor(random() * Math.min(3, kept.length)));
      const restore = life % 2 === 1 && chosen !== undefined;
      if (restore) await client.system.restoreBackup({ name: chosen });
      await program.kill();
      await Promise.all(work);
      expect(problemsOf(join(folder, 'emergence.db')), `after life ${life}`).toEqual([]);
      const left = copyOf(remembered.present);

      program = await startProgram(folder);
      const found = idsIn(join(folder, 'emergence.db'));
      const all = await program.client.system.backups();
      expect(all.filter(({ state }) => state === 'damaged')).toEqual([]);
      if (restore) {
        restores += 1;
        const { before, begunToForget, sentAfter } = remembered.backups.get(chosen) as BackedUp;
        expect(missing(before.conversations, found, begunToForget)).toEqual([]);
        expect([...found].filter((id) => !sentAfter.has(id))).toEqual([]);
        // The state before the restore is kept, complete.
        const aside = all.find(({ reason }) => reason === 'restore');
        expect(missing(left.conversations, idsIn(join(folder, 'backups', aside?.name ?? '')), left.undecided)).toEqual([]);
        remembered.present = { conversations: found, undecided: new Set() };
      } else {
        expect(missing(left.conversations, found, left.undecided)).toEqual([]);
        remembered.present = { conversations: found, undecided: new Set() };
      }
    }
    expect(restores).toBeGreaterThan(lives / 4);
    expect(remembered.acknowledged).toBeGreaterThan(lives * 10);
    const { advised, state } = (await program.client.system.backups()).find((backup) => backup.advised) ?? {};
    expect([advised, state]).toEqual([true, 'sound']);
    console.info(`${lives} kills, ${restores} restores, ${remembered.acknowledged} acknowledged operations`);
    await program.kill();
  },
);
