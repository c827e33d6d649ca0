import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readTimeQuestion } from '@main/memory/time/readTimeQuestion';
import { instantOf } from '@main/memory/time/zone';

/** A sentence with what a person would read in it; `from` and `to` are local date-times. */
export interface JudgedSentence {
  text: string;
  language: 'en' | 'fr';
  temporal: boolean;
  from: string | null;
  to: string | null;
}

export interface TimeMeasures {
  precision: number;
  recall: number;
  f1: number;
  /** The share of all temporal sentences whose window is read as judged; one that was not detected counts as wrong. */
  exact: number;
  sentences: number;
}

export interface TimeEvaluation {
  measures: TimeMeasures;
  /** Windows that were read where the judgement has none. */
  invented: number;
  /** The sentences that were read otherwise than judged, with what was read. */
  wrong: { judged: JudgedSentence; read: Pick<JudgedSentence, 'temporal' | 'from' | 'to'> }[];
}

export const readJudged = (file: string): JudgedSentence[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as JudgedSentence);

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** Reads every sentence at the instant `now` (epoch milliseconds) in an IANA zone, and compares. */
export const evaluateTime = (sentences: readonly JudgedSentence[], now: number, zone: string): TimeEvaluation => {
  const all = sentences.map((judged) => ({ judged, read: readTimeQuestion(judged.text, { language: judged.language, now, zone }) }));
  const detected = all.filter(({ read }) => read.temporal);
  const right = detected.filter(({ judged }) => judged.temporal);
  const temporal = all.filter(({ judged }) => judged.temporal);
  const isExact = ({ judged, read }: (typeof all)[number]): boolean => read.temporal && read.from === judged.from && read.to === judged.to;
  const precision = share(right.length, detected.length);
  const recall = share(right.length, temporal.length);
  return {
    measures: {
      precision,
      recall,
      f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
      exact: share(temporal.filter(isExact).length, temporal.length),
      sentences: all.length,
    },
    invented: all.filter(({ judged, read }) => (read.from !== null && judged.from === null) || (read.to !== null && judged.to === null))
      .length,
    wrong: all
      .filter((one) => one.read.temporal !== one.judged.temporal || (one.judged.temporal && !isExact(one)))
      .map(({ judged, read: { temporal, from, to } }) => ({ judged, read: { temporal, from, to } })),
  };
};

/** The instant of an ISO text; one without an offset is a local time of the zone. */
export const instantOfText = (text: string, zone: string): number =>
  /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? Date.parse(text) : instantOf(text.length === 10 ? `${text}T00:00` : text.slice(0, 16), zone);

/** `npm run eval:time`: prints the measures of a file of judged sentences, and with `--wrong` the sentences read otherwise. */
export const main = (args: string[]): number => {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: 'string' },
      now: { type: 'string' },
      zone: { type: 'string' },
      json: { type: 'string' },
      wrong: { type: 'boolean', default: false },
    },
  });
  const { file, now, zone, json } = values;
  const instant = now && zone ? instantOfText(now, zone) : Number.NaN;
  if (!file || !zone || Number.isNaN(instant)) {
    console.error('Usage: npm run eval:time -- --file FILE --now ISO --zone ZONE [--json FILE] [--wrong]');
    return 2;
  }
  const { measures, invented, wrong } = evaluateTime(readJudged(file), instant, zone);
  const shown = (value: number): string => value.toFixed(4);
  console.log(`${measures.sentences} sentences at ${now} in ${zone}`);
  console.log(`detection  precision ${shown(measures.precision)}  recall ${shown(measures.recall)}  F1 ${shown(measures.f1)}`);
  console.log(`windows    exact ${shown(measures.exact)} of all temporal sentences  invented ${invented}`);
  if (values.wrong) for (const { judged, read } of wrong) console.log(`${judged.text}\n  judged ${said(judged)}\n  read   ${said(read)}`);
  if (json) writeFileSync(json, `${JSON.stringify(measures, null, 2)}\n`);
  return 0;
};

const said = ({ temporal, from, to }: Pick<JudgedSentence, 'temporal' | 'from' | 'to'>): string =>
  temporal ? `temporal ${from ?? 'open'} to ${to ?? 'open'}` : 'not temporal';
