/** A model of up to this many billions of parameters gets a short prompt. */
const mostBillions = 4;
/** A window of up to this many tokens is small, whatever the model. */
const smallWindow = 4_096;
/** The size in the name of a model: "qwen2.5-coder-1.5b", "gemma3:4b", "smollm2-360m"; not the active part of "qwen3-30b-a3b". */
const sizes = /(?<![\p{L}\d.])(\d{1,4}(?:\.\d+)?)\s?([bm])(?![\p{L}\d])/giu;

/**
 * True for a model that long instructions confuse or for which they leave no room, by the size in its name or by its window. A name
 * without a size, and a window that is not known, are not small.
 */
export const isSmallModel = ({ model, contextTokens }: { model: string; contextTokens: number | null }): boolean => {
  if (contextTokens !== null && contextTokens <= smallWindow) return true;
  const billions = Array.from(model.matchAll(sizes), ([, number, unit]) => Number(number) / (unit?.toLowerCase() === 'm' ? 1_000 : 1));
  return billions.length > 0 && Math.max(...billions) <= mostBillions;
};
