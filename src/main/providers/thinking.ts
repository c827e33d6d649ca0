import { createPlace } from './answerPlace';
import { type HarmonyHeader, harmonyClose, harmonyHeaderAt } from './harmony';
import { closesThinking, endOfThinking, isQuoted } from './mentionedTags';
import { bare, beginning, closingAt, endFrames, frames, isBegun, openingAt, startsTag, wrappers } from './thinkingMarks';

/** A sorted piece of a model's text. `rethink`: all text so far was thinking, whose opening tag was missing. */
export type Sorted = { type: 'text'; text: string } | { type: 'thinking'; text: string } | { type: 'rethink' };

/** Separates thinking that a model writes into its text from its answer, however the text is cut into pieces. */
export interface ThinkingSorter {
  push(text: string): Sorted[];
  /**
   * The remaining text. `whole`: the answer came to its own end; a tag in mid-answer that was never closed was then only mentioned.
   */
  end(whole: boolean): Sorted[];
}

/** Thinking in mid-answer is held back up to this length until a closing tag confirms that it is thinking. */
const longestInAnswer = 200_000;

export const createThinkingSorter = (): ThinkingSorter => {
  let held = '';
  /** `start`: only space, marks and thinking so far. */
  let state: 'start' | 'text' | 'thinking' = 'start';
  let close = /$^/;
  let opening = '';
  /** Thinking in mid-answer until it is closed; null elsewhere. */
  let inAnswer: string | null = null;
  /** Thinking was opened, or marks were found: blank space before the answer is then not part of it. */
  let opened = false;
  /** An opening tag was mentioned in a sentence or in code: its closing tag is then only mentioned, too. */
  let isMentioned = false;
  let framed = false;
  /** Opening tags within the thinking, each of which may have a closing tag after the first one. */
  let nested = 0;
  let museEnd = '';
  /** Closes the tag around the answer; it is a mark only where nothing follows it. */
  let wrapped = '';
  let said = false;
  let weak = false;
  let place = createPlace();
  /** Joined at the end: a string extended sign by sign would keep a part for each. */
  let out: ({ type: 'text' | 'thinking'; parts: string[] } | { type: 'rethink' })[] = [];

  const emit = (type: 'text' | 'thinking', text: string): void => {
    if (text === '') return;
    const before = out.at(-1);
    if (before?.type === type) before.parts.push(text);
    else out.push({ type, parts: [text] });
  };
  const say = (text: string): void => {
    emit('text', text);
    said ||= /\S/.test(text);
    place.take(text);
  };
  const muse = (text: string): void => {
    const seen = museEnd + text;
    nested += seen.split(opening).length - 1;
    museEnd = seen.slice(1 - opening.length);
    if (inAnswer === null) emit('thinking', text);
    else inAnswer += text;
    if (inAnswer !== null && inAnswer.length > longestInAnswer) settle();
  };
  /** The text held back is thinking. */
  const settle = (): void => {
    if (inAnswer !== null) emit('thinking', inAnswer);
    inAnswer = null;
  };

  const think = (found: { close: RegExp; length: number }): void => {
    close = found.close;
    opening = held.slice(0, found.length);
    held = held.slice(found.length);
    inAnswer = said && !framed ? '' : null;
    opened = true;
    museEnd = '';
    framed ||= opening.startsWith('<|channel>');
    state = 'thinking';
  };
  /** Removes a header of gpt-oss; the text after it is thinking or an answer. */
  const enter = ({ length, thinks }: HarmonyHeader): true => {
    framed = true;
    opened = true;
    if (thinks) think({ close: harmonyClose, length });
    else held = held.slice(length);
    return true;
  };

  const rethink = (length: number): true => {
    out.push({ type: 'rethink' });
    held = held.slice(length);
    opened = true;
    said = false;
    weak = false;
    nested = Math.max(0, nested - 1);
    place = createPlace();
    state = 'start';
    return true;
  };

  /** Handles the text before the answer. Each of these three consumes part of the held text; false: more text is needed first. */
  const atStart = (final: boolean): boolean => {
    const text = held.trimStart();
    if (text === '') return false;
    const frame = frames.find((one) => beginning(text).startsWith(one));
    const closing = closingAt(text);
    const found = openingAt(text);
    const header = harmonyHeaderAt(text, { bare: !opened });
    const wrapper = opened && wrapped === '' ? wrappers.find((one) => beginning(text).startsWith(one)) : undefined;
    if (wrapper) {
      held = text.slice(wrapper.length);
      wrapped = wrapper.replace('<', '</');
      return true;
    }
    if (header === 'maybe' && !final) return false;
    // The end of a message alone is a mark only where other marks were found.
    if (header && header !== 'maybe' && (header.thinks !== null || header.length > '<|end|>'.length || framed)) {
      held = text;
      return enter(header);
    }
    if (frame || (closing && closing !== 'maybe')) {
      held = text.slice((frame ?? (closing as string)).length);
      opened = true;
      framed ||= frame !== undefined;
      return true;
    }
    if (found && found !== 'maybe') {
      held = text;
      think({ close: found.tag.close, length: found.length });
      return true;
    }
    const unsure =
      found === 'maybe' ||
      closing === 'maybe' ||
      isBegun(text, frames) ||
      (opened && wrapped === '' && isBegun(text, wrappers)) ||
      (!opened && bare.open.startsWith(text));
    if (unsure && !final) return false;
    weak = !opened && /^analysis\p{Lu}/u.test(text);
    if (opened) held = text;
    state = 'text';
    return true;
  };

  /** Handles a mark of gpt-oss after text. True: consumed; false: more text is needed; null: not a mark. */
  const markInText = (final: boolean): boolean | null => {
    if (place.inCode() || isQuoted(place)) return null;
    const header = harmonyHeaderAt(held);
    if (header === 'maybe' && !final) return false;
    if (framed) return header && header !== 'maybe' && header.thinks !== null ? enter(header) : null;
    if (opened || isMentioned) return null;
    // The template wrote the first header into the prompt: all text up to the header of the answer was thinking.
    const end = /^<\|end\|>\s*/i.exec(held)?.[0].length ?? 0;
    const next = harmonyHeaderAt(held.slice(end));
    if (next === 'maybe' && !final) return false;
    if (next && next !== 'maybe' && next.channel === 'final' && next.thinks === false) {
      framed = true;
      return rethink(end + next.length);
    }
    // An end mark that is left after a whole answer.
    if (/\s/.test(place.last)) return null;
    const left = /^<\|(?:return|end)\|>\s*$/i.test(held);
    if (left && final) held = '';
    return left || (!final && isBegun(held, ['<|return|>'])) ? false : null;
  };

  const inText = (final: boolean): boolean => {
    if (weak) {
      const at = held.indexOf(bare.close);
      if (at !== -1) {
        say(held.slice(0, at));
        held = held.slice(at);
        return rethink(bare.close.length);
      }
    }
    const at = held.search(startsTag);
    if (at !== 0) {
      const upTo = at === -1 ? held.length : at;
      const keep = weak && !final && at === -1 ? Math.min(upTo, bare.close.length - 1) : 0;
      if (upTo === keep) return false;
      say(held.slice(0, upTo - keep));
      held = held.slice(upTo - keep);
      return at !== -1;
    }
    const closing = closingAt(held);
    const found = openingAt(held);
    const endFrame = framed ? endFrames.find((one) => beginning(held).startsWith(one)) : undefined;
    const low = beginning(held);
    if (wrapped !== '' && (low.startsWith(wrapped) || wrapped.startsWith(low))) {
      const rest = held.slice(wrapped.length);
      if (rest.trim() === '' && !final) return false;
      if (rest.trim() === '' && low.startsWith(wrapped)) {
        held = '';
        return false;
      }
    }
    if (!final && (closing === 'maybe' || found === 'maybe' || (framed && isBegun(held, endFrames)))) return false;
    const mark = markInText(final);
    if (mark !== null) return mark;
    if (endFrame) {
      held = held.slice(endFrame.length);
      state = 'start';
      return true;
    }
    if (closing && closing !== 'maybe') {
      const isExpected = (!opened || nested > 0) && !isMentioned;
      const meant = isExpected && closesThinking(place, held.slice(closing.length), final);
      if (meant === null) return false;
      if (meant) return rethink(closing.length);
    }
    if (found && found !== 'maybe') {
      if (place.atLineStart() && !place.inCode()) {
        think({ close: found.tag.close, length: found.length });
        return true;
      }
      isMentioned = true;
    }
    say(held.slice(0, 1));
    held = held.slice(1);
    return true;
  };

  const inThinking = (final: boolean): boolean => {
    const { start, end } = endOfThinking(held, close, final);
    muse(held.slice(0, start));
    held = held.slice(end ?? start);
    if (end === null) return false;
    settle();
    state = 'start';
    return true;
  };

  const sorted = (): Sorted[] => out.map((one) => (one.type === 'rethink' ? one : { type: one.type, text: one.parts.join('') }));
  const drain = (final: boolean): void => {
    out = [];
    let more = held !== '';
    while (more && held !== '') more = state === 'start' ? atStart(final) : state === 'text' ? inText(final) : inThinking(final);
  };

  return {
    push: (text) => {
      held += text;
      drain(false);
      return sorted();
    },
    end: (whole) => {
      drain(true);
      if (state === 'thinking' && inAnswer !== null) {
        if (whole) say(`${opening}${inAnswer}`);
        else settle();
        inAnswer = null;
      }
      return sorted();
    },
  };
};
