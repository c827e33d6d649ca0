import { type DocumentFormat, formats, type PlaceKind } from '@shared/model';
import { createFacts, type Fact } from './plantedFacts';

/** Where a fact was written: the number of its page, row, slide and so on, and the name of that unit. */
export interface Written {
  /** Null where only the text that was read has lines: the line of the fact there. */
  number: number | null;
  label: string;
}

/** A document whose facts were written at known places. */
export interface CitedDocument {
  format: DocumentFormat;
  /** The name under which it is found in the library. */
  file: string;
  kind: PlaceKind;
  written: Map<string, Written>;
  facts: Fact[];
}

/** A file that is given to the library, with the documents that come of it. */
export interface GivenFile {
  file: string;
  bytes: Buffer;
  documents: CitedDocument[];
}

export const facts = createFacts();
export const told = ({ text }: Fact): string => text;
export const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

export type Placed = Fact & Written;
/** Facts in sections of one unit each. */
export const inUnits = (units: number, each: number, label: (number: number) => string): { label: string; facts: Placed[] }[] =>
  times(units, (index) => ({
    label: label(index + 1),
    facts: facts.many(each).map((fact) => ({ ...fact, number: index + 1, label: label(index + 1) })),
  }));
export const unplaced = (count: number): Placed[] => facts.many(count).map((fact) => ({ ...fact, number: null, label: '' }));

export const documentOf = (format: DocumentFormat, file: string, placed: readonly Placed[], kind: PlaceKind = formats[format].place) => ({
  format,
  file,
  kind,
  facts: placed.map(({ marker, text }) => ({ marker, text })),
  written: new Map(placed.map(({ marker, number, label }) => [marker, { number, label }])),
});
export const fileOf = (format: DocumentFormat, file: string, content: string | Buffer, placed: readonly Placed[]): GivenFile => ({
  file,
  bytes: Buffer.from(content),
  documents: [documentOf(format, file, placed)],
});

/** The lines of a file as it was written, for formats whose text is read as it is. */
export const byLine = (content: string, placed: readonly Placed[]): Placed[] => {
  const lines = content.split('\n');
  return placed.map((fact) => ({ ...fact, number: lines.findIndex((line) => line.includes(fact.marker)) + 1 }));
};
