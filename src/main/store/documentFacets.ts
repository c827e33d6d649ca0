import { type DocumentFormat, documentFormats } from '@shared/model';
import type { ReadableDb } from './database';

/** SQL of the different values of an indexed column of live documents: it jumps from one to the next, whatever their number. */
export const distinctSql = (column: 'format' | 'lang'): string => `WITH RECURSIVE seen(value) AS (
    SELECT min(${column}) FROM documents WHERE deleted_at IS NULL AND ${column} IS NOT NULL
    UNION ALL SELECT (SELECT min(${column}) FROM documents WHERE deleted_at IS NULL AND ${column} > seen.value) FROM seen WHERE seen.value IS NOT NULL)
  SELECT value FROM seen WHERE value IS NOT NULL`;

/** The formats and languages that live documents have: the choices of filters. */
export const documentFacets = (db: ReadableDb): { formats: DocumentFormat[]; languages: string[] } => {
  const values = (column: 'format' | 'lang'): string[] => db.prepare<[], string>(distinctSql(column)).pluck().all();
  const formats = values('format');
  return { formats: documentFormats.filter((format) => formats.includes(format)), languages: values('lang') };
};
