import { selfSubject } from '@shared/model';
import { onceUsed } from '@shared/text/whenUsed';
import type { Learnt } from '../../learnt';
import type { Expression } from '../../time/expressions';
import { clausesOf } from '../clauses';
import { plainText } from '../plain';
import type { Readable } from '../readable';
import { isStated, type LanguageName, languagesOf, opensMatter, type Stretch, sentencesOf } from '../statements';
import { instantIn, type Times, timesIn } from '../times';
import type { Rule, RuleWords, Tense } from './ruleWords';
import { valueIn } from './values';
import { englishWords } from './words.en';
import { frenchWords } from './words.fr';

interface Compiled {
  name: LanguageName;
  words: RuleWords;
  rules: readonly { rule: Rule; pattern: RegExp }[];
}

const compile = (name: LanguageName, words: RuleWords): Compiled => {
  const relation = `(?<relation>${Object.keys(words.relations)
    .sort((a, b) => b.length - a.length)
    .join('|')})`;
  const bare = relation.replace('?<relation>', '?:');
  const pattern = (says: string): RegExp => {
    const first = says.indexOf('{relation}');
    const named = says.slice(0, first + 10).replace('{relation}', relation) + says.slice(first + 10).replaceAll('{relation}', bare);
    return new RegExp(`^(?:${(first < 0 ? says : named).replaceAll('{role}', words.roles)})`, 'du');
  };
  return { name, words, rules: words.rules.map((rule) => ({ rule, pattern: pattern(rule.says) })) };
};

/** Their patterns take some 20 ms to compile, and nothing is learnt at a start. */
const languages = { en: onceUsed(() => compile('en', englishWords)), fr: onceUsed(() => compile('fr', frenchWords)) };

interface Validity {
  from: number | null;
  to: number | null;
  due: number | null;
}

/** The validity in local moments that the tense of a statement gives it; null where it needs a time and has none. */
const validityOf = (tense: Tense | undefined, { coming, named, now }: Times): Validity | null => {
  const past = named.filter((one): one is Expression & { period: NonNullable<Expression['period']> } => one.period !== null);
  const [first] = past;
  const none = { from: null, to: null, due: null };
  switch (tense) {
    case undefined:
      return none;
    case 'since':
      return { ...none, from: past.find(({ relation }) => relation === 'since')?.period.from ?? null };
    case 'began':
      return { ...none, from: first?.period.from ?? now };
    case 'ended':
      return { ...none, to: first?.period.to ?? now };
    case 'left':
      return { ...none, to: first?.period.from ?? now };
    case 'past': {
      const until = past.find(({ relation }) => relation === 'until' || relation === 'before');
      if (until) return { ...none, to: until.period.to ?? now };
      return { ...none, from: first?.period.from ?? null, to: first?.period.to ?? now };
    }
    case 'visit': {
      const [time] = coming;
      if (!time) return null;
      return { ...none, from: time.bound ? now : time.period.from, to: time.period.to };
    }
    case 'due':
    case 'dueOnly': {
      const due = (coming.find(({ bound }) => bound) ?? coming.at(-1))?.due ?? null;
      return due === null && tense === 'dueOnly' ? null : { ...none, due };
    }
  }
};

const readSentence = (readable: Readable, sentence: Stretch, language: Compiled): Learnt[] => {
  const { words } = language;
  const text = readable.said.slice(sentence.start, sentence.end);
  const plain = plainText(text);
  const times = timesIn(text, language.name, readable);
  const { now } = times;
  const clauses = clausesOf(plain, words, [...times.coming, ...times.named]);
  const instant = (moment: number | null): number | null => instantIn(moment, times, readable);
  const found: Learnt[] = [];
  for (const [index, { start, end, lead }] of clauses.entries()) {
    const clause = plain.slice(start, end);
    const asked = (index === clauses.length - 1 && /\?\W*$/.test(plain)) || words.question.test(clause);
    const supposed = words.supposing.test(clause);
    const own = <T extends Stretch>(all: readonly T[]): T[] => all.filter((time) => time.start >= lead && time.start < end);
    const ownTimes = { now, coming: own(times.coming), named: own(times.named) };
    for (const { rule, pattern } of language.rules) {
      if ((asked || supposed) && !rule.asked) continue;
      const match = pattern.exec(clause);
      const validity = match && validityOf(rule.tense, ownTimes);
      if (!match?.indices?.groups || !validity) continue;
      const value = valueIn(text, { start, end }, match, rule, { words, times: [...times.coming, ...times.named] });
      if (!value) continue;
      const { relation, thing } = match.groups ?? {};
      found.push({
        kind: rule.kind,
        text,
        subject: value.subject ?? selfSubject,
        attribute: rule.attribute.replace('{relation}', words.relations[relation ?? ''] ?? '').replace('{thing}', thing ?? ''),
        value: value.value,
        validFrom: instant(validity.from),
        validTo: instant(validity.to),
        dueAt: instant(validity.due),
        confidence: rule.confidence,
        origin: 'rule',
        model: null,
        agentId: readable.agentId,
        source: { messageId: readable.messageId, conversationId: readable.conversationId, at: readable.at, ...sentence },
        stated: { text, start: sentence.start, at: start },
      });
    }
  }
  return distinct(found);
};

/** The first of those that say the same of one subject. */
const distinct = (found: readonly Learnt[]): Learnt[] =>
  [...new Map(found.toReversed().map((one) => [`${one.subject} ${one.attribute} ${one.value}`, one])).values()].reverse();

/**
 * The preferences, constraints, intents and facts that a message states by words that the rules know, in English and French.
 * Questions, suppositions, words of others and the matter of a task give nothing. Pure.
 */
export const readByRules = (readable: Readable): Learnt[] => {
  const found: Learnt[] = [];
  for (const sentence of sentencesOf(readable.said)) {
    const text = readable.said.slice(sentence.start, sentence.end);
    for (const language of languagesOf(text, readable.said).map((name) => languages[name]())) {
      if (opensMatter(text, language.words)) return distinct(found);
      if (isStated(text, language.words)) found.push(...readSentence(readable, sentence, language));
    }
  }
  return distinct(found);
};
