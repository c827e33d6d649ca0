import type { WrittenForm } from './writtenForm';

const clock = /(?<![\p{L}\p{N}]|\d[:h])(\d{1,2})\s?[h:]\s?([0-5]\d)(?:\s?([ap]\.?m)\b)?(?![\p{L}\p{N}]|:\d)/giu;
/** "17h", "5 pm", "10.45 p.m.", "17 heures". */
const fullHour = /(?<![\p{L}\p{N}]|\d[.,:h])(\d{1,2})(?:\s?(?:h|heures?)|(?:[.:]([0-5]\d))?\s?([ap])\.?m\.?)(?![\p{L}\p{N}]|\s?\d)/giu;
const hourOf = (hour: number, half: string | undefined): number => (!half ? hour : (hour % 12) + (/p/i.test(half) ? 12 : 0));

/** Times of day, as hours and minutes. "17 heures" is one too, although it may be a length of time. Pure. */
export const fromTimes = (text: string): WrittenForm[] => {
  const forms: WrittenForm[] = [];
  const add = (match: RegExpExecArray, hour: string | undefined, minutes: string, half: string | undefined): void => {
    if (Number(hour) >= 24) return;
    const wholes = [`${hourOf(Number(hour), half)}:${minutes}`];
    forms.push({ start: match.index, end: match.index + match[0].length, wholes, parts: [], isNumber: true, beginnings: [] });
  };
  for (const match of text.matchAll(fullHour)) add(match, match[1], match[2] ?? '00', match[3]);
  for (const match of text.matchAll(clock)) add(match, match[1], match[2] ?? '00', match[3]);
  return forms;
};
