import 'katex/dist/katex.min.css';
import katex from 'katex';

/**
 * Renders a formula into an element; false where it cannot be parsed. In a chunk of its own. A formula may not load, link or grow
 * without limit.
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
