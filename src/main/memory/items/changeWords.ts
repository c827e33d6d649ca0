import { foldedWords } from '@main/text/words';

const phrases = (list: string): RegExp =>
  new RegExp(
    `(?: )(?:${list
      .trim()
      .split(/\s*\n\s*/)
      .join('|')})(?: )`,
  );

/** English and French words that say that something is no longer as it was. */
const change = phrases(`
  no longer
  not any ?more
  any ?more
  now
  from now on
  instead
  rather than
  switched
  changed
  moved
  replaced?
  gave up
  quit
  stopped
  used to
  became
  desormais
  dorenavant
  maintenant
  ne plus
  n \\S+ plus
  ne \\S+ plus
  plus jamais
  au lieu
  plutot que
  remplace
  arrete
  change de
  passe a
  passee a
  abandonne
  devenue?
  finalement
  a partir de`);

/** English and French words that say that something holds only for a while. */
const passing = phrases(`
  this week
  this month
  this weekend
  today
  tonight
  tomorrow
  for now
  for the moment
  at the moment
  temporarily
  for a (?:few )?(?:days?|weeks?|while|month)
  for (?:two|three|four|\\d+) (?:days|weeks|months)
  until \\S+
  on holiday
  on vacation
  exceptionally
  cette semaine
  ce mois ci
  ce week end
  aujourd hui
  ce soir
  demain
  en ce moment
  pour l instant
  pour le moment
  temporairement
  provisoirement
  exceptionnellement
  pour quelques (?:jours|semaines|mois)
  pendant (?:une?|deux|trois|quatre|\\d+) (?:jours?|semaines?|mois)
  jusqu (?:a|au|en|aux) \\S+
  en vacances`);

const read = (text: string): string => ` ${foldedWords(text).join(' ')} `;

/** True where a statement speaks of a change. */
export const speaksOfChange = (text: string): boolean => change.test(read(text));

/** True where a statement speaks of something that holds only for a while. */
export const speaksOfAWhile = (text: string): boolean => passing.test(read(text));
