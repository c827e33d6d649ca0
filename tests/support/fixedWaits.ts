/** A wait for time, not for an event: in the code of a page, of a promise that a timer resolves, or by the promise of a timer. */
const fixedWait = /\bwaitForTimeout\(|new Promise\b[^;]{0,80}?\bsetTimeout\(|\bsetTimeout\(\s*[\w.]*\bresolve\b|\bawait wait\((?!\))/g;

/** Where a test or its file waits for time, as `line: code`. */
export const fixedWaitsIn = (text: string): string[] =>
  [...text.matchAll(fixedWait)].map(({ index, 0: code }) => `${text.slice(0, index).split('\n').length}: ${code.replace(/\s+/g, ' ')}`);

/** The waits that stay, by file: how many, and the reason. Elsewhere a test waits for an event, polls, or moves a clock. */
export const allowedWaits: Record<string, { waits: number; reason: string }> = {
  'tests/integration/crash/killedLives.ts': { waits: 3, reason: 'the moment of a kill is random; work in intervals; a poll' },
  'tests/integration/crash/analysis.test.ts': { waits: 1, reason: 'the moment of a kill is random' },
  'tests/integration/crash/restores.test.ts': { waits: 3, reason: 'the moment of a kill is random; work in intervals' },
  'tests/integration/ingest/forgetKilled.test.ts': { waits: 1, reason: 'the moment of the kill is what varies' },
  'tests/integration/search/searchProcess.test.ts': { waits: 1, reason: 'the moments of the kills vary' },
  'tests/integration/providers/streams.test.ts': { waits: 1, reason: 'a server that pauses between the pieces of its answer' },
  'tests/unit/knowledge/searchRetriever.test.ts': { waits: 1, reason: 'a search process that takes its time to die' },
  'tests/unit/renderer/app/changeFeed.test.ts': { waits: 1, reason: 'reads that take their time, on a fake clock' },
};
