import { readFileSync, statfsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type App, expect } from './app';
import type { EventName } from './figureEvents';

/** The check of a figure that no event changes: the text shown is compared with what the test finds out by itself. */
type CheckAtStart = (shown: string, app: App) => void;

/** The keys are sealed in a file beside the data, or in the keychain where Electron has one. */
const keys: CheckAtStart = (shown, { electron }) => expect(shown).toMatch(electron ? /system keychain|sealed file/ : /sealed file/);

/** Within a twentieth of the free bytes that the system reports for the data folder. */
const disk: CheckAtStart = (shown, { dataFolder }) => {
  const { bavail, bsize } = statfsSync(dataFolder);
  const free = Number(/([\d.]+)\sGB free/.exec(shown)?.[1]);
  expect(free / ((bavail * bsize) / 1e9)).toBeCloseTo(1, 1);
};

/** The version that the package says. */
const version: CheckAtStart = (shown) => {
  const { version: expected } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as { version: string };
  expect(shown).toBe(expected);
};

/**
 * Every figure of the panel, by page, and the event that must change the text it shows, or the check of its value at the start.
 * metrics-figures.spec.ts runs the events; it fails for a figure that is not in this table, so that none is shown without proof.
 */
export const figures: Record<string, Record<string, EventName | CheckAtStart>> = {
  Overview: {
    'Is it healthy?: answer': 'keyRefused',
    'Is it healthy?: chart of answers': 'questionAnswered',
    'Is it healthy?: chart of errors': 'keyRefused',
    'Is it healthy?: Store': 'storeDamaged',
    'Is it healthy?: Index': 'documentRead',
    'Is it healthy?: Reading': 'documentsWait',
    'Is it healthy?: Embedder': 'embedderLeftOut',
    'Is it healthy?: Vectors': 'embedderLeftOut',
    'Is it healthy?: Originals': 'documentRead',
    'Is it healthy?: Disk': disk,
    'Is it healthy?: Providers': 'providerAdded',
    'Is it healthy?: Keys': keys,
    'Is it fast?: answer': 'questionAnswered',
    'Is it fast?: chart of p50': 'questionAnswered',
    'Is it fast?: chart of p95': 'questionAnswered',
    'Is it fast?: First word, p50': 'modelAnswers',
    'Is it fast?: Search, p50 / p95': 'questionAnswered',
    'Is it fast?: Cache hits': 'questionRepeated',
    'Is it fast?: Documents waiting': 'documentsWait',
    'What does it cost?: answer': 'modelAnswers',
    'What does it cost?: chart of provider': 'modelAnswers',
    'What does it cost?: provider': 'modelAnswers',
    'Is it good?: answer': 'questionAnswered',
    'Is it good?: chart of with a source': 'questionAnswered',
    'Is it good?: Well supported': 'questionRepeated',
    'Is it good?: Weakly supported': 'questionsTouched',
    'Is it good?: Not in documents': 'questionUnknown',
    'Is it good?: Stopped': 'answerStopped',
  },
  Performance: {
    'Answer, question to end: chart of p50': 'questionAnswered',
    'Answer, question to end: chart of p95': 'questionAnswered',
    'First word of the model: chart of p50': 'modelAnswers',
    'First word of the model: chart of p95': 'modelAnswers',
    'Times: Count': 'questionAnswered',
    'Times: p50': 'questionAnswered',
    'Times: p95': 'questionAnswered',
    'Times: Answer, question to end': 'questionAnswered',
    'Times: First word of the model': 'modelAnswers',
    'Times: Debate round': 'debateEnds',
  },
  'Usage and cost': {
    'Cost: chart of provider': 'modelAnswers',
    'Tokens: chart of input': 'modelAnswers',
    'Tokens: chart of output': 'modelAnswers',
    'Calls by provider and model: Model': 'providerAdded',
    'Calls by provider and model: For': 'modelAnswers',
    'Calls by provider and model: Calls': 'modelAnswersAgain',
    'Calls by provider and model: Failed': 'keyRefused',
    'Calls by provider and model: Input': 'modelAnswersAgain',
    'Calls by provider and model: Output': 'modelAnswersAgain',
    'Calls by provider and model: Cached': 'modelAnswersAgain',
    'Calls by provider and model: Cost': 'modelAnswersAgain',
    'Debates: Started': 'debateEnds',
    'Debates: Rounds': 'debateStopped',
    'Debates: Cost': 'debateEnds',
  },
  'Search and reading': {
    'Search time: chart of p50': 'questionAnswered',
    'Search time: chart of p95': 'questionAnswered',
    'Search and reading: Searches': 'questionRepeated',
    'Search and reading: From the cache': 'questionRepeated',
    'Search and reading: Passages in the index': 'documentRead',
    'Search and reading: Size of the index': 'documentRead',
    'Search by stage: Count': 'questionAnswered',
    'Search by stage: p50': 'questionAnswered',
    'Search by stage: p95': 'questionAnswered',
    'Reading by stage: Count': 'documentRead',
    'Reading by stage: p50': 'documentRead',
    'Reading by stage: p95': 'documentRead',
    'Documents read: Outcome': 'documentBroken',
    'Documents read: Documents': 'documentsCancelled',
  },
  Memory: {
    'What is remembered: In use': 'memoryMade',
    'What is remembered: No longer true': 'memoryMoved',
    'What is remembered: In the archive': 'memoryArchived',
    'What is remembered: In the bin': 'memoryDeleted',
    'Vitality: Memories': 'memoryMade',
    'Found in messages: Count': 'memoryMoved',
    'Analysis by a model: chart of p50': 'messagesRead',
    'Analysis by a model: chart of p95': 'messagesRead',
    'Memory: Analyses': 'messagesRead',
    'Memory: Succeeded': 'readingFailed',
    'Memory: From the cache': 'messagesReadAgain',
    'Memory: Answers kept': 'memoryMoved',
    'Recall and the past: Memories recalled': 'memoryRecalled',
    'Recall and the past: Questions about the past': 'pastAsked',
    'Recall and the past: Timeline in a prompt, p50 / p95': 'pastAsked',
    'Recall and the past: Readings known': 'pastAskedAgain',
    'Days found: Questions': 'pastAsked',
    'Times: Count': 'pastAsked',
    'Times: p50': 'pastAsked',
    'Times: p95': 'pastAsked',
    'Times: Analysis by a model': 'messagesRead',
    'Times: Timeline of a question': 'pastAsked',
    'Hints: Count': 'hintShown',
    'What was done with hints: Count': 'hintPutAway',
  },
  Health: {
    'Parts of the program: State': 'embedderLeftOut',
    'Parts of the program: Detail': 'embedderLeftOut',
    'Parts of the program: Store': 'storeDamaged',
    'Parts of the program: Index': 'documentRead',
    'Parts of the program: Reading': 'documentsWait',
    'Parts of the program: Embedder': 'embedderLeftOut',
    'Parts of the program: Vectors': 'embedderLeftOut',
    'Parts of the program: Originals': 'documentRead',
    'Parts of the program: Disk': disk,
    'Parts of the program: Providers': 'providerAdded',
    'Parts of the program: Keys': keys,
    'Errors: Count': 'keyRefused',
    'Health: Version': version,
    'Health: Running for': 'restarted',
  },
};
