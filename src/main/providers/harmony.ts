/**
 * The marks of gpt-oss ("harmony"). Before each message the model writes `<|start|>role<|channel|>name to=recipient
 * <|constrain|>format<|message|>`. Blanks vary, a mark may be missing or come twice, and the model may invent words after the name.
 */
export interface HarmonyHeader {
  length: number;
  /** True when the message after it is thinking; null for a header that ends without a message. */
  thinks: boolean | null;
  channel: string | null;
}

/** A longer text begins no header. */
const longestHeader = 240;
const marks = ['<|start|>', '<|channel|>', '<|constrain|>', '<|message|>', '<|end|>'];
/** The words that may follow each mark. */
const words = {
  start: /^\s*(?:assistant|tool)?(?:\s*to=[\w.]+)?\s*/,
  channel: /^\s*(?:(?:analysis|commentary|final)[^<\n]{0,60}|[^\w<\n]{0,8})\s*/,
  constrain: /^\s*\w{0,20}\s*/,
} as const;
const beginnings = [...marks, 'analysis', 'commentary', 'final', 'assistant', 'tool', 'to='];
const nameAt = /^\s*(analysis|commentary|final)/;
/** A server removed the first mark: only the name is left before a message. */
const bareName = /^(?:assistant)?(?:analysis|commentary|final)\s*(?=$|<)/;
const bareNames = ['analysis', 'commentary', 'final', 'assistantanalysis', 'assistantcommentary', 'assistantfinal'];

/** The header at the start of `text`. `bare`: its first mark may be missing. `maybe`: more text is needed to decide. */
export const harmonyHeaderAt = (text: string, { bare = false } = {}): HarmonyHeader | 'maybe' | null => {
  const low = text.slice(0, longestHeader).toLowerCase();
  if (bare && bareNames.some((name) => name.startsWith(low))) return 'maybe';
  const name = bare ? (bareName.exec(low)?.[0] ?? '') : '';
  let channel = nameAt.exec(name.replace('assistant', ''))?.[1] ?? null;
  let at = name.length;
  for (;;) {
    const rest = low.slice(at);
    const mark = marks.find((one) => rest.startsWith(one));
    if (!mark) return low.length < longestHeader && (at === 0 ? marks : beginnings).some((one) => one.startsWith(rest)) ? 'maybe' : null;
    if (at > 0 && at === name.length && mark !== '<|message|>' && mark !== '<|constrain|>') return null;
    at += mark.length;
    if (mark === '<|end|>') return { length: at, channel, thinks: null };
    if (mark === '<|message|>') return { length: at, channel, thinks: channel === 'analysis' || channel === 'commentary' };
    if (mark === '<|channel|>') channel = nameAt.exec(low.slice(at))?.[1] ?? channel;
    at += words[mark.slice(2, -2) as keyof typeof words].exec(low.slice(at))?.[0].length ?? 0;
  }
};

/** The end of a thinking message: its mark, or the header of the next one where the mark is missing. */
export const harmonyClose = /<\|(?:end|call|return)\|>|(?=<\|(?:start|channel)\|>)/iu;
