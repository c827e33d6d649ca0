import { date, holiday, season, weekday } from '../../time/nameBuilders';
import type { Named } from '../../time/named';
import type { Filled } from '../../time/phrases';
import type { ComingWords } from '../deadline';

const later = ({ unit, num }: Filled): Named | null => {
  if (!unit || num === undefined) return null;
  return unit === 'week' ? { kind: 'unit', unit: 'day', offset: 7 * num } : { kind: 'unit', unit, offset: num };
};

/** Times to come in French. "Mardi prochain" is the next one after today. */
export const frenchComing: ComingWords = {
  before: 'avant (?:le |la |l |les )?',
  by: '(?:d ici(?: a)?|jusqu (?:a|au|en)|pour|au plus tard) (?:le |la |l |au )?',
  endOf: '(?:a |en |vers )?(?:la )?fin (?:de la |de l |du |de |d )?(?:ce |cette |cet )?',
  hour: '(?: a)? (?<hour>[01]?\\d|2[0-3])(?: ?h(?:eures?)?(?: ?(?<minute>[0-5]\\d))?)(?![\\p{L}\\p{N}])',
  phrases: [
    { says: 'apres demain', means: () => ({ kind: 'unit', unit: 'day', offset: 2 }) },
    { says: 'demain(?: (?:matin|midi|soir|apres midi))?', means: () => ({ kind: 'unit', unit: 'day', offset: 1 }) },
    { says: 'aujourd hui|ce soir|ce matin|cet apres midi', means: () => ({ kind: 'unit', unit: 'day', offset: 0 }) },
    {
      says: '(?:la |le |l )?{unit} (?:prochain|prochaine|qui vient)',
      means: ({ unit }) => (unit ? { kind: 'unit', unit, offset: 1 } : null),
    },
    { says: '(?:ce|cet|cette) {unit}(?: ci)?', means: ({ unit }) => (unit ? { kind: 'unit', unit, offset: 0 } : null) },
    {
      says: '{unit}',
      means: ({ unit }) => (unit && unit !== 'day' && unit !== 'hour' ? { kind: 'unit', unit, offset: 0 } : null),
      weak: true,
    },
    { says: '(?:dans|sous|d ici) {num} {unit}', means: later },
    { says: '(?:le )?{weekday} de la semaine prochaine', means: (found) => weekday(found, { weeks: 1 }) },
    { says: '(?:ce |le )?{weekday}(?: prochain| qui vient)?', means: weekday },
    { says: '(?:le )?(?:{weekday} )?(?:le )?{day}(?: du mois de| de)? {month}(?: {year})?', means: date },
    { says: '{year}-{month2}-{day}', means: date },
    { says: '(?:le )?{day}[/.]{month2}[/.]{year}', means: date },
    { says: '(?:le )?{day}[/]{month2}', means: date },
    { says: '(?:le |du |au ){day}', means: date },
    { says: '{day}', means: date, weak: true },
    { says: '(?:en |au mois de |au mois d |courant ){month}(?: prochain)?(?: {year})?', means: date },
    { says: '{month}(?: {year})?', means: date, weak: true },
    { says: '(?:a |pour |la |le )?{holiday}(?: {year})?', means: holiday },
    { says: '(?:en |cet |au |l ){season}(?: prochain)?', means: season },
  ],
};
