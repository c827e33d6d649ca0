import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Span } from '@shared/model';

interface EvaluationDocument {
  id: string;
  title: string;
  text: string;
  /** Questions of a group are searched only within it (a meeting, a talk). */
  group: string | null;
  /** Pages of a document that was judged page by page (`<document>#p<page>`); empty for others. */
  pages: Span[];
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

const pageId = /^(.+)#p(\d+)$/;
/** The id of a page of a document in a corpus. */
export const idOfPage = (documentId: string, page: number): string => `${documentId}#p${page}`;

/** Joins the pages of a document, since the program gets it as one PDF. */
const joinPages = (documents: EvaluationDocument[]): EvaluationDocument[] => {
  const whole = new Map<string, EvaluationDocument>();
  for (const document of documents) {
    const [, id, page] = pageId.exec(document.id) ?? [];
    if (!id || !page) {
      whole.set(document.id, document);
      continue;
    }
    const before = whole.get(id);
    const start = before ? before.text.length + 2 : 0;
    const span: Span = { kind: 'page', start, end: start + document.text.length, label: page, level: 0 };
    whole.set(id, {
      ...document,
      id,
      text: before ? `${before.text}\n\n${document.text}` : document.text,
      pages: [...(before?.pages ?? []), span],
    });
  }
  return [...whole.values()];
};

/**
 * Reads a folder with `corpus.jsonl`, `queries.jsonl`, `qrels.tsv` (query-id, corpus-id, score; a heading line is skipped). Keeps
 * the group of a question where documents belong to it by their field or by the first part of their id.
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
    return { id: _id, title: title ?? '', text, group: groups.has(named) ? named : null, pages: [] };
  });
  return { name: basename(folder), documents: joinPages(documents), queries: queries.filter(({ id }) => judgements.has(id)), judgements };
};
