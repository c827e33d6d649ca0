import { monthNames } from '@main/text/calendar';
import { date, dayAgo, half, holiday, ofYearAgo, quarter, rolling, season, unitAgo, vague, weekday } from './nameBuilders';
import type { TimeWords } from './phrases';

const below20 =
  'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt';
const dernier = '(?:dernier|derniere|passe|passee|precedent|precedente)';
const derniers = '(?:dernier|derniere|derniers|dernieres)';
const lastYear = '(?: de)? (?:l ?an|l ?annee) (?:dernier|derniere|passe|passee)';
/** "A été" is a form of a verb, and no summer. */
const beforeSeason = '(?<!\\b(?:a|ai|as|ont|avons|avez|avait|avaient|ayant|aura) )(?:en |au |cet |a l ?|l ?|le )?';
const inOf = '(?:(?:de|d|en|au|pendant|pour) ?)?(?:l ?)?';

/** The ways to name a time in French. */
export const frenchTime: TimeWords = {
  numbers: {
    ...Object.fromEntries(below20.split(' ').map((word, value) => [word.replace('-', ' '), value])),
    une: 1,
    trente: 30,
    quarante: 40,
    cinquante: 50,
    soixante: 60,
    'une dizaine de': 10,
    'une douzaine de': 12,
    'une vingtaine de': 20,
    'une trentaine de': 30,
  },
  months: monthNames,
  weekdays: [['lundi'], ['mardi'], ['mercredi'], ['jeudi'], ['vendredi'], ['samedi'], ['dimanche']],
  units: Object.fromEntries(
    (
      [
        ['hour', 'heure heures'],
        ['day', 'jour jours'],
        ['weekend', 'weekend weekends week_end week_ends we'],
        ['week', 'semaine semaines'],
        ['month', 'mois'],
        ['quarter', 'trimestre trimestres'],
        ['half', 'semestre semestres'],
        ['year', 'an ans annee annees'],
      ] as const
    ).flatMap(([unit, names]) => names.split(' ').map((name) => [name.replace('_', ' '), unit])),
  ),
  seasons: { printemps: 'spring', ete: 'summer', automne: 'autumn', hiver: 'winter' },
  holidays: [
    ['(?:la )?veille de noel|(?:le )?reveillon de noel', 'christmasEve'],
    ['noel', 'christmas'],
    ['(?:la )?saint sylvestre|(?:la )?st sylvestre|(?:le )?reveillon du (?:nouvel an|jour de l an)', 'newYearsEve'],
    ['(?:le )?jour de l ?an|(?:le )?nouvel an|(?:le )?premier de l an', 'newYear'],
    ['(?:la )?(?:saint|st) valentin', 'valentine'],
    ['halloween', 'halloween'],
    ['(?:la )?toussaint', 'allSaints'],
    ['(?:la )?fete nationale', 'bastille'],
    ['(?:le )?lundi de paques', 'easterMonday'],
    ['(?:le )?vendredi saint', 'goodFriday'],
    ['(?:le )?(?:dimanche de )?paques', 'easter'],
    ['(?:l ?)?ascension', 'ascension'],
    ['(?:la )?pentecote', 'pentecost'],
  ],
  nth: {
    premier: 1,
    '1er': 1,
    deuxieme: 2,
    second: 2,
    '2e': 2,
    '2eme': 2,
    troisieme: 3,
    '3e': 3,
    '3eme': 3,
    quatrieme: 4,
    '4e': 4,
    '4eme': 4,
  },
  dayEnding: 'er|e|eme',
  phrases: [
    { says: 'avant ?hier', means: () => dayAgo(2), adverb: true },
    { says: 'hier', means: () => dayAgo(1), adverb: true },
    { says: '(?:ce jour )?(?:aujourd ?hui|auj)', means: () => dayAgo(0), adverb: true },
    { says: 'ce matin', means: () => dayAgo(0), part: 'morning', adverb: true },
    { says: '(?:cet?|cette) (?:apres midi|aprem)', means: () => dayAgo(0), part: 'afternoon', adverb: true },
    { says: 'ce soir', means: () => dayAgo(0), part: 'evening', adverb: true },
    { says: 'cette nuit|(?:la )?nuit derniere', means: () => dayAgo(1), part: 'night', adverb: true },

    { says: `(?:la |le |l ?)?{unit} ${dernier}`, means: ({ unit }) => unitAgo(unit, 1), adverb: true },
    { says: '(?:l ?)?avant ?derniere? {unit}', means: ({ unit }) => unitAgo(unit, 2), adverb: true },
    { says: '(?:plus tot )?(?:ce|cet|cette) {unit}(?: ci)?', means: ({ unit }) => unitAgo(unit, 0), adverb: true },
    { says: '(?:pendant |durant )?le (?:week end|weekend|we)', means: () => unitAgo('weekend', 0) },
    { says: '(?:il )?y ?a (?:de (?:ca|cela) )?{num} {unit}', means: ({ num, unit }) => unitAgo(unit, num), adverb: true },
    { says: '{num} {unit}', means: ({ num, unit }) => rolling(unit, num), only: 'since' },
    { says: '(?:voici|voila) {num} {unit}', means: ({ num, unit }) => unitAgo(unit, num), adverb: true },
    { says: '(?:il )?y ?a une quinzaine(?: de jours)?', means: () => unitAgo('week', 2), adverb: true },
    { says: '{weekday} (?:il )?y ?a {num} semaines?', means: (found) => weekday(found, { weeks: -(found.num ?? 0) }), adverb: true },
    {
      says: `(?:(?:ces|les|des|mes|nos|au cours des|pendant les|sur les|dans les) )?(?:{num} ${derniers}|${derniers} {num}) {unit}`,
      means: ({ num, unit }) => rolling(unit, num),
      adverb: true,
    },
    { says: '(?:ces |les )?{num} {unit} (?:passes|passees|ecoules|ecoulees)', means: ({ num, unit }) => rolling(unit, num), adverb: true },
    { says: '(?:au cours de|pendant|sur|dans|durant) (?:la |le )?derniere? {unit}', means: ({ unit }) => rolling(unit, 1), adverb: true },
    { says: 'au cours du dernier {unit}', means: ({ unit }) => rolling(unit, 1), adverb: true },
    ...[
      '(?:le |la )?(?:premier|premiere|dernier|derniere|deuxieme|troisieme) (?:week end|weekend|semaine|jour|{weekday}) (?:de|d|du) ?(?:{month}|mois|l annee)',
      '(?:(?:la|le|l) {unit}|celui|celle) d avant',
      'l autre (?:jour|fois|soir|matin|semaine|{weekday})',
      '(?:il )?y ?a (?:quelques|plusieurs|pas mal de) {unit}',
      '(?:il )?y ?a {num} {unit} et demie?',
      'ces (?:derniers|dernieres) {unit}',
      'ces temps ci|(?:il )?y ?a (?:un moment|longtemps|peu)|tout a l heure|tantot',
    ].map((says) => ({ says, means: vague, adverb: true }) as const),

    { says: '(?:le )?{weekday} {day} {month}(?: {year})?', means: date },
    { says: '(?:le )?{weekday} {day}', means: date },
    { says: `(?:le )?{weekday} de (?:la )?semaine ${dernier}`, means: (found) => weekday(found, { weeks: -1 }), adverb: true },
    { says: `(?:la )?semaine ${dernier} (?:le )?{weekday}`, means: (found) => weekday(found, { weeks: -1 }), adverb: true },
    { says: '{weekday} de cette semaine', means: (found) => weekday(found, { weeks: 0 }) },
    { says: '(?:il )?y ?a {num} {weekday}s?', means: (found) => weekday(found, { earlier: (found.num ?? 1) - 1 }), adverb: true },
    { says: '(?:l )?avant dernier {weekday}', means: (found) => weekday(found, { earlier: 1 }) },
    { says: 'ce {weekday}', means: (found) => weekday(found, { turn: 'this' }) },
    { says: `(?:le )?{weekday} ${dernier}`, means: weekday, adverb: true },
    { says: '{weekday}', means: weekday },
    // "Le lundi" is every Monday.
    { says: 'les? {weekday}s?', means: vague },

    { says: '{year}-{month2}-{day}', means: date },
    { says: '{year}-{month2}', means: date },
    { says: '(?:le )?{num} {month}(?: {year})?', means: (found) => date({ ...found, day: found.num }) },
    { says: '(?:le )?{day}[/.]{month2}[/.]{year}', means: date },
    { says: '(?:le )?{day}[/]{month2}', means: date, weak: true },
    { says: '(?:le )?{day}(?: du mois de| de)? {month}(?:(?: de l annee)? {year})?', means: date },
    { says: `(?:le )?{day} {month}${lastYear}`, means: (found) => ofYearAgo(date(found), 1) },
    { says: '(?:le )?{day} {month} dernier', means: date },
    { says: 'le {day}(?: (?:de ce|du) mois)?', means: date },

    { says: `(?:le mois de |mois de )?{month} {year}`, means: date },
    { says: `{month}${lastYear}`, means: (found) => ofYearAgo(date(found), 1) },
    { says: '{month} (?:de )?cette annee', means: (found) => ofYearAgo(date(found), 0) },
    { says: `{month} (?:dernier|passe)`, means: (found) => date(found, 'last'), adverb: true },
    { says: '(?:le )?mois de? ?{month}', means: date },
    { says: '{month}', means: date, weak: true },
    { says: `(?:l ?an |l ?annee ){year}`, means: date },
    { says: '{year}', means: date, weak: true },
    { says: '(?:le |la |l ?|ce |cet |cette )?{unit}', means: ({ unit }) => unitAgo(unit, 0), only: 'third' },
    { says: '(?:la )?semaine du {day}(?: {month})?(?: {year})?', means: (found) => ({ kind: 'around', unit: 'week', of: date(found) }) },
    {
      says: '(?:le )?(?:week end|weekend) du {day}(?: {month})?(?: {year})?',
      means: (found) => ({ kind: 'around', unit: 'weekend', of: date(found) }),
    },

    { says: `(?:le )?{nth} trimestre(?: (?:de |d )?(?:l annee )?{year})?`, means: quarter },
    { says: `(?:le )?{nth} trimestre${lastYear}`, means: (found) => ofYearAgo(quarter(found), 1) },
    { says: '(?:le )?{nth} semestre (?:de |d )?{year}', means: half },
    { says: `(?:le )?{nth} semestre${lastYear}`, means: (found) => ofYearAgo(half(found), 1) },
    { says: '(?:le )?{nth} semestre(?: de cette annee)?', means: half },
    {
      says: 't{num}(?: {year})?',
      means: ({ num, year }) => (num && num < 5 ? { kind: 'share', unit: 'quarter', index: num, year } : null),
    },

    { says: `${beforeSeason}{season} ${dernier}`, means: (found) => season(found, 'last'), adverb: true },
    { says: '(?:ce|cet) {season}', means: (found) => season(found), adverb: true },
    { says: `${beforeSeason}{season}(?: de)? {year}`, means: season },
    { says: `${beforeSeason}{season}${lastYear}`, means: (found) => ofYearAgo(season(found), 1) },
    { says: '(?:l|le|en|au|cet) {season}', means: season },
    { says: '{holiday} (?:dernier|derniere|passe)', means: (found) => holiday(found, 'last'), adverb: true },
    { says: '(?=l[ae] ){holiday}(?: {year})?', means: holiday },
    { says: '{holiday}(?: {year})?', means: holiday, weak: true },
    { says: '(?:a|a la) {holiday}(?: {year})?', means: holiday },
    { says: `{holiday}${lastYear}`, means: (found) => ofYearAgo(holiday(found), 1) },
  ],
  thirds: [
    [`(?:au |le |en |des le |tout )?(?:tout )?debut ${inOf}`, 'early'],
    [`(?:au |du )debut (?:du |de la |de |d )(?:mois (?:de |d )|l ?)?`, 'early'],
    [`(?:a la |la )?mi ${inOf}`, 'mid'],
    ['(?:au |le )?milieu (?:du |de la |de |d )(?:mois (?:de |d )|l ?)?', 'mid'],
    [`(?:a la |en |la |vers la )?(?:toute )?fin ${inOf}`, 'late'],
    ['(?:a la |la |vers la )?fin (?:du |de la |de |d )(?:mois (?:de |d )|l ?)?', 'late'],
  ],
  parts: [
    ['(?: au| dans la)? (?:matin|matinee)', 'morning'],
    ['(?: dans l)? (?:apres midi|aprem)', 'afternoon'],
    ['(?: au| dans la| en)? (?:soir|soiree)', 'evening'],
    ['(?: dans la)? nuit', 'night'],
  ],
  partsFirst: [
    ['(?:(?:le|ce|au) )?(?:matin|matinee) (?:du|de|d) ?(?:l |la )?', 'morning'],
    ['(?:l |cet |dans l )?(?:apres midi|aprem) (?:du|de|d) ?(?:l |la )?', 'afternoon'],
    ['(?:(?:le|au) |dans la |la )?(?:soir|soiree) (?:du|de|d) ?(?:l |la )?', 'evening'],
    ['(?:(?:dans )?la )?nuit (?:du|de|d) ?(?:l |la )?', 'night'],
  ],
  since: 'depuis |des |a (?:partir|compter) (?:de |du |d )|a (?:partir|compter) ',
  before: 'avant (?!hier)',
  after: 'apres (?!midi)',
  until: 'jusqu ?(?:a |au |en |aux )|jusque ',
  rangeOpen: '(?:entre |du |de |depuis |d )',
  rangeMiddle: ' (?:et|au|a|jusqu ?(?:au|a|en)|jusque) | ?- ?',
  now: '(?:maintenant|present|ce moment)',
  rangeDay: '(?:le )?',
  determiners: '(?:le |la |l ?|en |au |a |ce |aux )?(?:le |la |l )?(?:mois (?:de |d ))?',
  prepositions:
    '(?:passe|passer|fete|fetee|en|au|depuis|avant|apres|jusqu en|jusqu a|jusqu au|pendant|pendant l|pendant le|durant|durant l|au mois de|au mois d|courant|vers|pour|entre|et|des|le|du|de|d|aux|dans|cet|a partir de|a partir du|depuis l|depuis le|l)',
  corrected:
    'lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier juillet septembre octobre novembre decembre semaine trimestre dernier derniere'.split(
      ' ',
    ),
};
