import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { FoundMemories } from '@main/memory/recall/recall';
import type { RecallAnswer } from '@main/processes/search/api';
import { spreadScores, withoutNeighbours } from '@main/processes/search/recall/spreadScores';
import { createTurnIndex } from '@main/processes/search/recall/turnIndex';
import { speakerAsked } from '@main/processes/search/recall/turnSigns';
import { languageOfTurn, termsOfQuestion, termsOfTurn } from '@main/processes/search/recall/turnTerms';
import { estimateTokens } from '@main/providers/tokens';
import type { Language } from '@main/text/languages';
import { textTable } from '../bench/figures';
import { isUnanswerable, readMemorySet, type Talk, type TalkMessage, type TalkQuestion } from './memorySet';
import { measure, percentile } from './metrics';
import { openRecall } from './recallFixture';
import { storeTalk } from './talkFixture';

/** One question with what was recalled for it. */
export interface AskedQuestion {
  question: TalkQuestion;
  recalled: FoundMemories;
  evidence: RecallAnswer['evidence'];
  /** The only speaker that the question names; null for none. */
  named: string | null;
  recall5: number;
  recall10: number;
  ndcg10: number;
  tokens: number;
  ms: number;
  /** Recall@10 of BM25 over single messages with the same terms. */
  plain10: number;
}

export interface MemoryRow {
  set: string;
  type: string;
  questions: number;
  recall5: number;
  recall10: number;
  ndcg10: number;
  tokens: number;
  p95_ms: number;
  plain10: number;
  /** The shares of questions by state. */
  found: number;
  weak: number;
  nothing: number;
  /** The share of questions with one named speaker that are answered by nothing, or first from the words of that speaker. */
  right_speaker: number | null;
}

const dayMs = 86_400_000;

/** Ranks the messages of a talk by plain BM25. */
const plainRanking = (messages: readonly TalkMessage[]) => {
  const index = createTurnIndex();
  let language: Language = 'other';
  for (const { text } of messages) {
    language = languageOfTurn(text, language);
    index.add({ terms: termsOfTurn(text, language), asks: false, continues: false }, -1);
  }
  return (question: string): string[] => {
    const { scores } = spreadScores(index, termsOfQuestion(question, new Set()), { weights: withoutNeighbours });
    return Array.from(scores, (score, slot) => ({ score, id: (messages[slot] as TalkMessage).id }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)
      .map(({ id }) => id);
  };
};

const recallAt = (ids: readonly string[], evidence: ReadonlyMap<string, number>, count: number): number =>
  evidence.size === 0 ? 0 : ids.slice(0, count).filter((id) => evidence.has(id)).length / evidence.size;

/** Stores a talk in a fresh data folder and asks its questions, or others, through the recall service. */
export const askTalk = async (talk: Talk, questions: readonly TalkQuestion[] = talk.questions): Promise<AskedQuestion[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-memory-'));
  const { db, ids, close } = storeTalk(dataFolder, talk.messages);
  let evidence: RecallAnswer['evidence'] = { share: 0, ofOthers: 0, cosine: 0, isInPeriod: false };
  const { recall, close: closeRecall } = await openRecall(dataFolder, db, (answer) => {
    evidence = answer.evidence;
  });
  const plain = plainRanking(talk.messages);
  const speakers = new Set(talk.messages.flatMap(({ speaker }) => speaker ?? []));
  const end = (talk.messages.at(-1)?.at ?? 0) + dayMs;
  try {
    // The first question reads everything; it is not measured.
    await recall({ text: 'start', conversationId: null, agentId: null, now: end });
    const asked: AskedQuestion[] = [];
    for (const question of questions) {
      const started = performance.now();
      const recalled = await recall({ text: question.text, conversationId: null, agentId: null, now: question.at ?? end });
      const ms = performance.now() - started;
      const ranked = recalled.messages.map(({ messageId }) => ids.get(messageId) ?? '');
      const { recall10, ndcg10 } = measure(ranked, question.evidence);
      asked.push({
        question,
        recalled,
        evidence,
        named: speakerAsked(question.text, speakers) || null,
        recall5: recallAt(ranked, question.evidence, 5),
        recall10,
        ndcg10,
        tokens: recalled.messages.reduce((sum, { text }) => sum + estimateTokens(text), 0),
        ms,
        plain10: measure(plain(question.text), question.evidence).recall10,
      });
    }
    return asked;
  } finally {
    await closeRecall();
    close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

const isRight = ({ recalled, named }: AskedQuestion): boolean => recalled.state === 'nothing' || recalled.messages[0]?.speaker === named;

const rowOf = (set: string, type: string, asked: readonly AskedQuestion[]): MemoryRow => {
  const mean = (figureOf: (one: AskedQuestion) => number): number => asked.reduce((sum, one) => sum + figureOf(one), 0) / asked.length;
  const named = asked.filter((one) => one.named !== null);
  return {
    set,
    type,
    questions: asked.length,
    recall5: mean((one) => one.recall5),
    recall10: mean((one) => one.recall10),
    ndcg10: mean((one) => one.ndcg10),
    tokens: mean((one) => one.tokens),
    p95_ms: percentile(
      asked.map(({ ms }) => ms),
      0.95,
    ),
    plain10: mean((one) => one.plain10),
    found: mean(({ recalled }) => Number(recalled.state === 'found')),
    weak: mean(({ recalled }) => Number(recalled.state === 'weak')),
    nothing: mean(({ recalled }) => Number(recalled.state === 'nothing')),
    right_speaker: named.length === 0 ? null : named.filter(isRight).length / named.length,
  };
};

/** A row for each type, then `answerable` for all that the talks answer. */
export const rowsOf = (set: string, asked: readonly AskedQuestion[]): MemoryRow[] => {
  const types = Map.groupBy(asked, ({ question }) => question.type);
  const answerable = asked.filter(({ question }) => !isUnanswerable(question.type));
  return [
    ...[...types].sort(([one], [other]) => one.localeCompare(other)).map(([type, those]) => rowOf(set, type, those)),
    ...(answerable.length > 0 ? [rowOf(set, 'answerable', answerable)] : []),
  ];
};

export const evaluateMemory = async (folder: string): Promise<MemoryRow[]> => {
  const { name, talks } = readMemorySet(folder);
  const asked: AskedQuestion[] = [];
  for (const talk of talks) asked.push(...(await askTalk(talk)));
  return rowsOf(name, asked);
};

const tableOf = (rows: readonly MemoryRow[]): string => {
  const shown = (value: number | null): string => (value === null ? '–' : value.toFixed(4));
  return textTable(
    [
      'set',
      'type',
      'questions',
      'recall@5',
      'recall@10',
      'NDCG@10',
      'BM25 r@10',
      'tokens',
      'p95 ms',
      'found',
      'weak',
      'nothing',
      'nothing or speaker',
    ],
    rows.map((row) => [
      row.set,
      row.type,
      String(row.questions),
      ...[row.recall5, row.recall10, row.ndcg10, row.plain10].map(shown),
      row.tokens.toFixed(0),
      row.p95_ms.toFixed(1),
      ...[row.found, row.weak, row.nothing, row.right_speaker].map(shown),
    ]),
    [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  );
};

const usage = `npm run eval:memory -- --set NAME|PATH [--set …] [--json FILE]
  NAME is a folder of ../shared/eval (or of $EMERGENCE_SHARED/eval), PATH any folder with corpus.jsonl, queries.jsonl, qrels.tsv.`;

/** The command line behind `npm run eval:memory`; returns the exit code. */
export const main = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { set: { type: 'string', multiple: true }, json: { type: 'string' } } });
  const shared = join(process.env.EMERGENCE_SHARED ?? resolve('../shared'), 'eval');
  const folders = (values.set ?? []).map((name) => (existsSync(join(name, 'corpus.jsonl')) ? name : join(shared, name)));
  const absent = folders.filter((folder) => !existsSync(join(folder, 'corpus.jsonl')));
  if (folders.length === 0 || absent.length > 0) {
    console.error(absent.length > 0 ? `No corpus.jsonl in ${absent.join(', ')}` : usage);
    return 2;
  }
  const rows: MemoryRow[] = [];
  for (const folder of folders) rows.push(...(await evaluateMemory(folder)));
  console.log(tableOf(rows));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  return 0;
};
