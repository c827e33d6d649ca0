import 'katex/dist/katex.min.css';
import katex from 'katex';

/**
 * Sets a formula into a place; false where it cannot be read. In a chunk of its own. Nothing of a formula may load, link or
 * grow beyond measure.
 */
export const renderFormula = (value: string, place: HTMLElement, display: boolean): boolean => {
  try {
    katex.render(value, place, { displayMode: display, throwOnError: true, trust: false, maxExpand: 200, maxSize: 20, strict: 'ignore' });
    return true;
  } catch {
    place.replaceChildren();
    return false;
  }
};
