interface Tag {
  open: string;
  close: RegExp;
}

const tagOf = (open: string, close: string): Tag => ({ open, close: new RegExp(close.replace(/[|[\]]/g, '\\$&'), 'iu') });
/** Models mix up these names: `<think>` may be closed with `</thinking>`. */
const mixed = '(?:think|thinking|thoughts?)';
const closeOf = (name: string): RegExp => new RegExp(`</${new RegExp(`^${mixed}$`).test(name) ? mixed : name}\\s?>`, 'iu');
const names = [
  'think',
  'thinking',
  'thought',
  'thoughts',
  'reasoning',
  'reason',
  'seed:think',
  'mm:think',
  'longcat_think',
  'antthinking',
  'thought_process',
  'scratchpad',
];

/** The ways in which models mark their thinking; openings in lower case. */
const tags: readonly Tag[] = [
  ...names.map((name) => ({ open: `<${name}>`, close: closeOf(name) })),
  tagOf('[think]', '[/THINK]'),
  tagOf('◁think▷', '◁/think▷'),
  tagOf('<|start_thinking|>', '<|END_THINKING|>'),
  tagOf('<|begin_of_thought|>', '<|end_of_thought|>'),
  tagOf('<unused94>', '<unused95>'),
  tagOf('<|inner_prefix|>', '<|inner_suffix|>'),
  tagOf('<|think|>', '<|/think|>'),
  tagOf('<|thinking|>', '<|/thinking|>'),
  tagOf('<|channel>thought', '<channel|>'),
];
const openings = tags.map(({ open }) => open);
/** Closing tags that may occur alone, where a template has written the opening one into the prompt. */
const closings: readonly string[] = [
  ...names.map((name) => `</${name}>`),
  '[/think]',
  '◁/think▷',
  '<|end_thinking|>',
  '<|end_of_thought|>',
];
/** Open WebUI, when it proxies a model, folds the model's thinking into this tag. */
const foldedTag: Tag = { open: '<details>', close: /<\/details>/iu };
const foldedAt = /^<details\s+type="reasoning"[^<>]*>/;
const foldedBegun = /^<details\s[^<>]*$/;
/** Marks before and after an answer that carry no content. */
export const frames: readonly string[] = [
  '<|start|>assistant',
  '<|im_start|>assistant',
  '<|begin_of_box|>',
  '<|channel|>final',
  '<|begin_of_solution|>',
  '<|start_response|>',
];
export const endFrames: readonly string[] = [
  '<|return|>',
  '<|end|>',
  '<|im_end|>',
  '<|end_of_box|>',
  '<turn|>',
  '<|call|>',
  '<|end_of_solution|>',
  '<|end_response|>',
];
export const longest = 64;
/** Tags around the answer, where one follows thinking. */
export const wrappers = ['<answer>', '<response>', '<output>', '<solution>'] as const;
/** gpt-oss behind servers that drop its marks: `analysisWe need…assistantfinalThe answer`. */
export const bare = { open: 'analysis', close: 'assistantfinal' } as const;

export const startsTag = /[<[◁]/;
export const beginning = (text: string): string => text.slice(0, longest).toLowerCase();
export const isBegun = (text: string, words: readonly string[]): boolean => {
  const low = beginning(text);
  return words.some((word) => word.startsWith(low));
};

/** An opening tag, with attributes or not, at the start of `text`. */
export const openingAt = (text: string): { tag: Tag; length: number } | 'maybe' | null => {
  const low = beginning(text);
  const tag = tags.find(({ open }) => low.startsWith(open));
  if (tag) return { tag, length: tag.open.length };
  const folded = foldedAt.exec(low);
  if (folded) return { tag: foldedTag, length: folded[0].length };
  const spaced = /^(<[\w:]+)\s[^<>]*>/.exec(low);
  const named = spaced && tags.find(({ open }) => open === `${spaced[1]}>`);
  if (spaced && named) return { tag: named, length: spaced[0].length };
  const attributes = /^(<[\w:]+)\s[^<>]*$/.exec(low);
  const begun =
    isBegun(text, [...openings, foldedTag.open]) ||
    foldedBegun.test(low) ||
    (attributes !== null && openings.includes(`${attributes[1]}>`));
  return begun && low.length < longest ? 'maybe' : null;
};

export const closingAt = (text: string): string | 'maybe' | null => {
  const low = beginning(text);
  return closings.find((close) => low.startsWith(close)) ?? (isBegun(text, closings) ? 'maybe' : null);
};

/** How many characters at the end of `text` may be the beginning of a tag. */
export const unsureEnd = (text: string): number => {
  const at = Math.max(text.lastIndexOf('<'), text.lastIndexOf('['), text.lastIndexOf('◁'));
  return at === -1 || text.length - at > longest ? 0 : text.length - at;
};
