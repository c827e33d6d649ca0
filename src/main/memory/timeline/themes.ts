import { formsOf } from '@main/memory/hints/relevance';
import type { TimelineEvent } from '@shared/model';

/** A subject of a period: the conversations that share its words. */
export interface Theme {
  /** Its most distinctive words. */
  title: string;
  conversationIds: string[];
}

/** Fewer subjects than this are read as well without headings. */
const leastThemes = 3;
/** Conversations whose weighted words are this near, by their cosine, are one theme. */
const sameTheme = 0.3;
const titleWords = 2;

type Weights = Map<string, number>;

const cosine = (a: Weights, b: Weights): number => {
  const size = (weights: Weights): number => Math.sqrt([...weights.values()].reduce((sum, one) => sum + one * one, 0));
  let product = 0;
  for (const [form, weight] of a) product += weight * (b.get(form) ?? 0);
  return product === 0 ? 0 : product / (size(a) * size(b));
};

/** The shortest word of each form in a text, as it was written. */
const shownForms = (text: string): Map<string, string> => {
  const shown = new Map<string, string>();
  for (const word of text.match(/[\p{L}\p{N}]{3,}/gu) ?? [])
    for (const form of formsOf(word)) if (word.length < (shown.get(form)?.length ?? Number.POSITIVE_INFINITY)) shown.set(form, word);
  return shown;
};

/**
 * The themes of a period, in the order of their first events: conversations are weighed by tf-idf of their words, neighbours join, and
 * the words that weigh most are the title. Empty where there are fewer than three. Pure.
 */
export const themesOf = (events: readonly TimelineEvent[]): Theme[] => {
  const texts = Array.from(
    Map.groupBy(events, ({ conversationId }) => conversationId),
    ([id, those]) => ({
      id,
      text: [those[0]?.title ?? '', ...those.map(({ text }) => text)].join('\n'),
    }),
  );
  if (texts.length < leastThemes) return [];
  const counted = texts.map(({ id, text }) => ({ id, shown: shownForms(text), forms: formsOf(text) }));
  const rarity = (form: string): number => Math.log(1 + counted.length / counted.filter(({ forms }) => forms.has(form)).length);
  const themes: { ids: string[]; weights: Weights; shown: Map<string, string> }[] = [];
  for (const { id, forms, shown } of counted) {
    const weights: Weights = new Map([...forms].map((form) => [form, rarity(form)]));
    const near = themes.find((theme) => cosine(theme.weights, weights) >= sameTheme);
    if (!near) {
      themes.push({ ids: [id], weights, shown });
      continue;
    }
    near.ids.push(id);
    for (const [form, weight] of weights) near.weights.set(form, (near.weights.get(form) ?? 0) + weight);
    for (const [form, word] of shown) if (!near.shown.has(form)) near.shown.set(form, word);
  }
  if (themes.length < leastThemes) return [];
  return themes.map(({ ids, weights, shown }) => ({
    title: [...weights]
      .filter(([form]) => shown.has(form))
      .sort((a, b) => b[1] - a[1])
      .slice(0, titleWords)
      .map(([form]) => shown.get(form))
      .join(', '),
    conversationIds: ids,
  }));
};
