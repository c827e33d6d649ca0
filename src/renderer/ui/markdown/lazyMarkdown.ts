import { partSource } from '@renderer/lib/LazyPart';
import type { MarkdownProps } from './Markdown';

/** `Markdown`, which a start does not load: a sixth of the window's code, and the first page shows no answer. */
export const lazyMarkdown = partSource<MarkdownProps>(async () => (await import('./Markdown')).Markdown);
