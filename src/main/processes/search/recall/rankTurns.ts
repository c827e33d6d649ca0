import { asksOfQuestions } from '@main/text/asking';
import { wordsOfAsking } from '@main/text/askingWords';
import type { AskedPeriod, RecallEvidence } from '../api';
import type { StaticModel } from '../staticModel';
import { createTopList, type Scored } from '../topList';
import { answersOfSame, askedBefore, sayingSlots, saysNothing } from './askedBefore';
import { type KeptTurns, signs } from './keptTurns';
import { nearDates } from './nearDates';
import { feedback, furtherTerms, spreadScores } from './spreadScores';
import { asksWhen, speakerAsked, wordsOfNames } from './turnSigns';
import { termsOfQuestion } from './turnTerms';

/** How much each sign counts beside the words, whose best turn counts 1. */
const weights = {
  cosine: 0.3,
  /** Of each neighbour's cosine, beside the turn's own. */
  neighbourCosine: 0.3,
  speaker: 0.45,
  date: 0.5,
  timeWord: 0.4,
  past: 0.1,
  asking: 0.1,
};

const noPointers: ReturnType<typeof answersOfSame> = new Map();

export interface Ranking {
  /** Slots with their scores, best first. */
  messages: Scored[];
  items: Scored[];
  /** The speaker of whom the question asks; null for none. */
  speaker: string | null;
  evidence: RecallEvidence;
}

export interface RankRequest {
  text: string;
  /** The names under which the speakers are known to the person. */
  nameOf(speaker: string): string;
  /** The slots from which the question may be answered. */
  slots: Int32Array;
  periods: readonly AskedPeriod[];
  /** Messages, and items. */
  limit: number;
}

/** The words of the question and those that its best turns add, by slot. */
const wordScores = (
  { index, columns, workspace }: KeptTurns,
  slots: Int32Array,
  units: ReturnType<typeof termsOfQuestion>,
  speaker: number,
) => {
  const { scores, shares } = spreadScores(index, units, { space: workspace });
  const speakerOf = columns.speaker;
  const most = largest(slots, scores);
  const first = createTopList(feedback.turns);
  let threshold = first.threshold();
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    const score = (scores[slot] as number) + (speakerOf[slot] === speaker ? weights.speaker * most : 0);
    if (score <= threshold) continue;
    first.offer(slot, score);
    threshold = first.threshold();
  }
  const asked = new Set(units.flatMap(({ terms }) => terms));
  const more = furtherTerms(index, first.sorted(), asked).map((term) => ({ terms: [term], isDate: false }));
  const space = { ...workspace, scores: workspace.further, shares: workspace.around };
  const further = spreadScores(index, more, { mostSpread: feedback.mostSpread, space }).scores;
  const share = (feedback.weight * most) / (largest(slots, further) || 1);
  for (let slot = 0; slot < scores.length; slot += 1) scores[slot] = (scores[slot] as number) + share * (further[slot] as number);
  return { words: scores, shares };
};

/** The cosines of the turns with the question, and those with their neighbours' added; less `least`, over `range`, those of `scaling` go from 0 to 1. */
const meaningScores = ({ index, vectors, workspace }: KeptTurns, slots: Int32Array, scaling: Int32Array, question: Float32Array) => {
  const own = workspace.cosines(index.size);
  vectors.cosines(question, own);
  const { before: previous, after: following } = index.columns;
  const spread = workspace.around(index.size);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    const before = previous[slot] as number;
    const after = following[slot] as number;
    const around = (before >= 0 ? (own[before] as number) : 0) + (after >= 0 ? (own[after] as number) : 0);
    spread[slot] = (own[slot] as number) + weights.neighbourCosine * around;
  }
  for (let at = 0; at < scaling.length; at += 1) {
    const value = spread[scaling[at] as number] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  // A turn that is alone, or one of several that are equally near, is the nearest there is.
  return most > least ? { own, spread, least, range: most - least } : { own, spread, least: most - 1, range: 1 };
};

/** The question without the names of speakers, for the model. */
const meantWords = (text: string, names: ReadonlySet<string>): string =>
  (text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).filter((word) => !names.has(word.toLowerCase())).join(' ');

/**
 * Ranks the turns for a question, messages and items apart. The parts of a score: the words, spread over neighbours (see
 * `spreadScores`); the cosine of the bundled model; who speaks; the date; signs of a fitting answer.
 */
export const rankTurns = (kept: KeptTurns, model: Pick<StaticModel, 'embed'>, request: RankRequest): Ranking => {
  const { columns, speakers } = kept;
  const { slots, periods } = request;
  const byName = new Map(Array.from(kept.senders, (number) => [request.nameOf(speakers[number] as string), number]));
  const named = speakerAsked(request.text, byName.keys());
  const speaker = named === null ? -1 : (byName.get(named) ?? -1);
  const names = wordsOfNames(byName.keys());
  const wantsQuestions = asksOfQuestions(request.text);
  const unasked = wantsQuestions ? new Set([...names, ...wordsOfAsking]) : names;
  const units = termsOfQuestion(request.text, unasked, periods.length > 0);
  // The scales rest on what may answer: a question that was asked before is nearer to itself than any answer.
  const scaling = wantsQuestions ? slots : sayingSlots(kept, slots);
  const { words, shares } = wordScores(kept, scaling, units, speaker);
  const { own, spread, least, range } = meaningScores(kept, slots, scaling, model.embed(meantWords(request.text, unasked)));
  const pointed = wantsQuestions ? noPointers : answersOfSame(kept, slots, { shares, cosines: own });
  // Times this the best turn has 1. The reply to the same question has its words from there: it would make all others look far.
  const scale = 1 / (largest(scaling, words, pointed) || largest(scaling, words) || 1);
  const wantsTime = asksWhen(request.text);
  const asksOnlyWhen = units.every(({ isDate }) => isDate);
  const best = { message: createTopList(request.limit), item: createTopList(request.limit) };
  let leastMessage = best.message.threshold();
  let leastItem = best.item.threshold();
  const hasPointers = pointed.size > 0;
  const { signs: turnSigns, speaker: speakerOf, at: timeOf } = columns;
  const { item, dated, past, asks, question } = signs;
  const empty = wantsQuestions ? 0 : saysNothing;
  const evidence: RecallEvidence = { share: 0, ofOthers: 0, cosine: 0, isInPeriod: false };
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    const sign = turnSigns[slot] as number;
    const isEmpty = (sign & empty) !== 0;
    const word = Math.fround((words[slot] as number) * scale);
    const pointer = hasPointers ? pointed.get(slot) : undefined;
    const said = isEmpty || pointer ? Math.min(1, word) : word;
    const isOther = speaker >= 0 && speakerOf[slot] !== speaker;
    let score = said + weights.cosine * Math.fround(((spread[slot] as number) - least) / range);
    if (speaker >= 0 && !isOther) score += weights.speaker;
    if (wantsTime && sign & dated) score += weights.timeWord * said;
    if (sign & past) score += weights.past;
    if (wantsQuestions && sign & question) score += askedBefore.wanted * said;
    else if (sign & asks) score -= weights.asking * said;
    if (periods.length > 0 && !(sign & item)) {
      const near = nearDates(timeOf[slot] as number, periods);
      score += weights.date * near;
      if (near >= 1) evidence.isInPeriod = true;
    }
    if (pointer) score += askedBefore.pointer * pointer.cosine;
    if (isEmpty) score *= askedBefore.kept;
    else {
      const share = Math.max(shares[slot] as number, pointer?.share ?? 0);
      if (!isOther) {
        if (share > evidence.share) evidence.share = share;
      } else if (share > evidence.ofOthers) evidence.ofOthers = share;
      const cosine = Math.max(own[slot] as number, pointer?.cosine ?? 0);
      if (cosine > evidence.cosine) evidence.cosine = cosine;
    }
    if (sign & item) {
      if (score > leastItem) {
        best.item.offer(slot, score);
        leastItem = best.item.threshold();
      }
    } else if (score > leastMessage) {
      best.message.offer(slot, score);
      leastMessage = best.message.threshold();
    }
  }
  if (asksOnlyWhen && evidence.isInPeriod) evidence.share = 1;
  return {
    messages: best.message.sorted(),
    items: best.item.sorted(),
    speaker: speaker < 0 ? null : (speakers[speaker] as string),
    evidence,
  };
};

const largest = (slots: Int32Array, values: Float32Array, except: ReadonlyMap<number, unknown> = noPointers): number => {
  let most = 0;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    const value = values[slot] as number;
    if (value > most && !(except.size > 0 && except.has(slot))) most = value;
  }
  return most;
};
