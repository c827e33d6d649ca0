import type { Conversation } from '@shared/model';

interface Page {
  items: Conversation[];
}
/** A list in the cache: one page, or the pages of an endless one. */
type Listed = Page | { pages: Page[] };

/** The list with one conversation changed or removed (null): shown at once, while the call to the engine is still running. */
export const changeListed = <Data extends Listed>(
  data: Data,
  id: string,
  change: (conversation: Conversation) => Conversation | null,
): Data => {
  const changePage = (page: Page): Page =>
    page.items.some((conversation) => conversation.id === id)
      ? { ...page, items: page.items.flatMap((conversation) => (conversation.id === id ? (change(conversation) ?? []) : [conversation])) }
      : page;
  return ('pages' in data ? { ...data, pages: data.pages.map(changePage) } : changePage(data)) as Data;
};
