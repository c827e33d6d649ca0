import type { ErrorCode } from './errors';

/** A step of a job fails with `code` when it reports nothing for `limitMs`; the time that it takes as a whole has no limit. */
export interface SilenceLimit {
  limitMs: number;
  code: ErrorCode;
}

interface JobKind {
  /** The stage of a job that starts and of one that is done. */
  stages: { first: string; last: string };
  /** Steps with their limits: for each the longest time that sound work needs between two reports. */
  silence: Record<string, SilenceLimit>;
  reportEveryMs: number;
  /** True when progress is stored in the row; otherwise only memory holds it. */
  storesProgress: boolean;
  /**
   * True when a job waits until its start can be stored. Otherwise nobody awaits the work, and it continues although a full disk
   * refuses its row.
   */
  mustBeStored: boolean;
  /** A stop of the program puts a job back into the queue without counting the attempt, or leaves it for the next start to find. */
  onStop: 'requeue' | 'leave';
  /** The next start queues a job that a crash interrupted, or cancels it because the work resumes in another way. */
  afterCrash: 'queue' | 'cancel';
}

/** The kinds of job. The keys are stored. */
export const jobKinds = {
  ingest: {
    stages: { first: 'reading', last: 'indexing' },
    // Only PDFs report while they are read, so a whole file of another format must fit into one silence.
    silence: { read: { limitMs: 120_000, code: 'document.time_limit' }, index: { limitMs: 600_000, code: 'search.unavailable' } },
    reportEveryMs: 200,
    storesProgress: false,
    mustBeStored: true,
    onStop: 'requeue',
    afterCrash: 'queue',
  },
  recognise: {
    stages: { first: 'recognising', last: 'recognising' },
    // Of one page. Tesseract reports while it reads; before that the page is drawn, and the engine may start.
    silence: { page: { limitMs: 120_000, code: 'document.time_limit' } },
    reportEveryMs: 300,
    storesProgress: false,
    mustBeStored: true,
    onStop: 'requeue',
    // Its pages are stored one by one: it continues with the next.
    afterCrash: 'queue',
  },
  embed: {
    stages: { first: 'embed', last: 'embed' },
    // The search process opens the model before it reports for the first time.
    silence: { work: { limitMs: 600_000, code: 'search.unavailable' } },
    reportEveryMs: 300,
    storesProgress: true,
    mustBeStored: false,
    onStop: 'leave',
    // The search process continues embedding by itself when it opens its model.
    afterCrash: 'cancel',
  },
  download: {
    stages: { first: 'download', last: 'download' },
    // Longer than the client waits for the headers of an answer. Bytes that stop coming fail sooner, in the download itself.
    silence: { work: { limitMs: 600_000, code: 'model.download' } },
    reportEveryMs: 300,
    storesProgress: true,
    mustBeStored: false,
    onStop: 'leave',
    afterCrash: 'queue',
  },
  maintenance: {
    stages: { first: 'check', last: 'check' },
    // The database is checked in one step, and each document is indexed in one.
    silence: { work: { limitMs: 1_800_000, code: 'search.unavailable' } },
    reportEveryMs: 300,
    storesProgress: false,
    mustBeStored: false,
    onStop: 'leave',
    // The person starts it again.
    afterCrash: 'cancel',
  },
  memory: {
    stages: { first: 'memory', last: 'memory' },
    // A conversation is read in steps, each within the limit of a call for every provider.
    silence: { work: { limitMs: 600_000, code: 'provider.timeout' } },
    reportEveryMs: 300,
    storesProgress: true,
    mustBeStored: false,
    onStop: 'leave',
    afterCrash: 'queue',
  },
} as const satisfies Record<string, JobKind>;

export type JobKindName = keyof typeof jobKinds;
export const jobKindNames = Object.keys(jobKinds) as [JobKindName, ...JobKindName[]];
