import type { DocumentFilter } from '@shared/model';
import { withinSql } from './collectionTree';
import { foldTitle } from './documentNames';

type Name = keyof DocumentFilter;

/** Collections are looked up from the collection, tags from the tag: both by their key. */
const conditions: Record<Name, string> = {
  collectionId: `d.id IN (SELECT m.document_id FROM document_collections m WHERE m.collection_id IN (${withinSql}))`,
  tag: 'd.id IN (SELECT t.document_id FROM document_tags t WHERE t.tag_id = (SELECT id FROM tags WHERE key = @tag))',
  format: 'd.format = @format',
  language: 'd.lang = @language',
  addedFrom: 'd.created_at >= @addedFrom',
  addedTo: 'd.created_at < @addedTo',
  changedFrom: 'd.updated_at >= @changedFrom',
  changedTo: 'd.updated_at < @changedTo',
  datedFrom: 'd.dated >= @datedFrom',
  datedTo: 'd.dated <= @datedTo',
};
const names = Object.keys(conditions) as Name[];

/** True where a filter has no condition. */
export const isNoFilter = (filter: DocumentFilter): boolean => names.every((name) => filter[name] === undefined);

/** The SQL conditions of a filter on the table `documents d`, and their parameters. */
export const filterSql = (filter: DocumentFilter): { where: string[]; params: Record<string, string | number> } => {
  const { collectionId, tag, datedTo, ...rest } = filter;
  const params: Record<string, string | number> = {};
  for (const name of names) {
    const value = (rest as DocumentFilter)[name];
    if (value !== undefined) params[name] = value;
  }
  if (collectionId !== undefined) params.within = JSON.stringify([collectionId]);
  if (tag !== undefined) params.tag = tagKey(tag);
  // Every day of a month or a year is before this.
  if (datedTo !== undefined) params.datedTo = `${datedTo}~`;
  return { where: names.filter((name) => filter[name] !== undefined).map((name) => conditions[name]), params };
};

/** The form by which two spellings of a tag are one. */
export const tagKey = (name: string): string => foldTitle(name).trim().replace(/\s+/g, ' ');
