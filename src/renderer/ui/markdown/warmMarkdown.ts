import { findCitationMarks } from '@shared/markdown/citationMarks';
import { proseOf } from '@shared/markdown/prose';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

const sample = 'A sentence with **weight**, *stress*, `code` and a source [1].\n\n- an item\n\n| a | b |\n| - | - |\n| c | d |\n';

/** Each reads the sample for its effect on the engine alone: functions are compiled when they first run. */
const steps: readonly (() => unknown)[] = [
  () => findCitationMarks(sample, { known: new Set([1]), open: true }, proseOf(sample, new Set(), true)),
  () => ReactMarkdown({ children: sample.slice(0, sample.indexOf('\n')), remarkPlugins: [[remarkGfm, { singleTilde: false }]] }),
  () => ReactMarkdown({ children: sample, remarkPlugins: [[remarkGfm, { singleTilde: false }]] }),
];

let isWarm = false;

/**
 * Runs the readers of Markdown once while the window is idle, a step at a time, so that the first words of an answer do not wait until
 * they are compiled; and then other steps that answers need. Does nothing where the browser does not tell when it is idle.
 */
export const warmMarkdown = (more: readonly (() => unknown)[] = []): void => {
  if (isWarm || !('requestIdleCallback' in window)) return;
  isWarm = true;
  const next = (step: number): void => {
    const run = steps[step] ?? more[step - steps.length];
    if (run)
      requestIdleCallback(() => {
        run();
        next(step + 1);
      });
  };
  next(0);
};
