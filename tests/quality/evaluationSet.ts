import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

interface EvaluationDocument {
  id: string;
  title: string;
  text: string;
  /** Questions of a group are searched inside it (a meeting, a talk). */
  group: string | null;
}
interface EvaluationQuery {
  id: string;
  text: string;
  group: string | null;
}
export interface EvaluationSet {
  name: string;
  documents: EvaluationDocument[];
  queries: EvaluationQuery[];
  /** Judged documents by question. */
  judgements: Map<string, Map<string, number>>;
}

interface Line {
  _id: string;
  title?: string;
  text: string;
  group?: string;
}
const lines = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line) as Line);

/**
 * Reads a folder with `corpus.jsonl`, `queries.jsonl`, `qrels.tsv` (query-id, corpus-id, score; a heading line is skipped).
 * Where the questions name a group that documents belong to by their field or by the first part of their id, it is kept.
 */
export const readEvaluationSet = (folder: string): EvaluationSet => {
  const judgements = new Map<string, Map<string, number>>();
  for (const line of readFileSync(join(folder, 'qrels.tsv'), 'utf8').split('\n')) {
    const [query, document, score] = line.split('\t');
    if (!query || !document || score === undefined || Number.isNaN(Number(score))) continue;
    const judged = judgements.get(query) ?? new Map<string, number>();
    judged.set(document, Number(score));
    judgements.set(query, judged);
  }
  const queries = lines(join(folder, 'queries.jsonl')).map(({ _id, text, group }) => ({ id: _id, text, group: group ?? null }));
  const groups = new Set(queries.flatMap(({ group }) => (group === null ? [] : [group])));
  const documents = lines(join(folder, 'corpus.jsonl')).map(({ _id, title, text, group }) => {
    const named = group ?? _id.slice(0, Math.max(0, _id.indexOf('/')));
    return { id: _id, title: title ?? '', text, group: groups.has(named) ? named : null };
  });
  return { name: basename(folder), documents, queries: queries.filter(({ id }) => judgements.has(id)), judgements };
};
