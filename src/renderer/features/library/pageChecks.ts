import { create } from 'zustand';

/** The documents whose page of the web is being looked at again, wherever that was begun. */
export const usePageChecks = create<{ checking: ReadonlySet<string> }>(() => ({ checking: new Set() }));

/** Shows the page of a document as being checked while the work goes on. */
export const duringCheck = async <Result>(documentId: string, work: () => Promise<Result>): Promise<Result> => {
  usePageChecks.setState(({ checking }) => ({ checking: new Set([...checking, documentId]) }));
  try {
    return await work();
  } finally {
    usePageChecks.setState(({ checking }) => ({ checking: new Set([...checking].filter((id) => id !== documentId)) }));
  }
};
