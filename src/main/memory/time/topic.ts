import { languageOfText } from '@main/text/detectLanguage';
import { stem } from '@main/text/stems';
import { isStopWord } from '@main/text/stopWords';
import { fold } from '@shared/text/fold';
import { withoutDates } from './asksAboutPast';
import { momentOfText } from './calendar';
import { sentencesOf } from './clauses';
import { timeFinders } from './finders';
import type { TimeReading } from './readTimeQuestion';
import { localTimeOf } from './zone';

/** A word of what a question about time is about. */
export interface TopicWord {
  /** As it was written. */
  shown: string;
  /** Folded. */
  word: string;
  /** The stem by which other forms are found; null for a name, which has no other forms. */
  stem: string | null;
}

/** The speaker whose messages are asked for; `both` in "we talked" and where nobody is named. */
export type Asked = 'person' | 'program' | 'both';

export interface TimeTopic {
  words: TopicWord[];
  asked: Asked;
}

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that ask, name a time or mean talking: they say nothing of the subject. Folded. */
const asking = {
  en: list(`
    talk talks talked talking speak speaks spoke spoken speaking discuss discussed discussing discussion discussions mention mentions
    mentioned mentioning say says said saying tell tells told telling decide decided deciding decision decisions agree agreed chat chats
    chatted chatting conclude concluded settle settled recommend recommended suggest suggested suggestion suggestions advise advised advice
    explain explained propose proposed promise promised ask asked asking answer answers answered reply replied bring brought come came
    coming cover covered go going went gone raise raised share shared describe described note noted confirm confirmed refer referred
    conversation conversations message messages exchange exchanges session sessions thread threads topic topics subject subjects question
    questions thing things anything everything something time times date dates day days moment moments often many much frequently frequency
    number long ago last first latest earliest recent recently lately ever already previously before earlier once remind remember recall
    show find list give get search look check know sure idea summarise summarize summary recap overview timeline digest history change
    changed changes happen happened happening new else different please pls hey hi hello ok okay yes still whats whens got use used exactly
    back start started begin began uh um yo abt since pull pulled complain complained argue argued settled conclusion return returned
    kind mind want wanted would think thinking thought together here until till week weeks month months year years today yesterday tonight`),
  fr: list(`
    parle parler parles parlez parlons parlait parlais parlions discute discuter discutes discutait discussion discussions mentionne
    mentionner mentionnes mentionnait evoque evoquer evoques evoquait aborde aborder abordait raconte raconter dit dire dis disait disais
    demande demander demandes decide decider decidait decision decisions convenu convenir conclu conclure conseille conseiller conseils
    recommande recommander suggere suggerer propose proposer promis explique expliquer precise repondu repondre reponse reponses note
    cite echange echanger echanges question questions conversation conversations message messages session sessions sujet sujets
    chose choses quoi fois date dates jour jours moment moments heure temps souvent frequence combien longtemps dernier derniere derniers
    dernieres premier premiere premiers premieres recemment dernierement deja jamais toujours auparavant avant apres rappelle rappeler
    rappelles souviens souvient souvenir retrouve retrouver trouve trouver cherche chercher montre montrer liste lister donne donner redis
    redire resume resumer recapitule recap recapitulatif bilan chronologie synthese historique point change changer changes passe arrive
    nouveau stp svp plait bonjour salut ok oui sais sait savoir sur propos concernant sujet kan cb eu commence commencer semaine semaines
    mois an ans annee annees aujourd hui hier veux voudrais aimerais peux pourrais exactement aborde question avais avait avions etais etait etions etiez suis faisais faisait fais quest quon quelque pr truc koi ici
    reparle reparler reparles reparlons evoquees evoques abordes plaint plainte plains plaignais mis accord ressors revoir remonte revenu
    arretes considere questionne voulais pensais ensemble finirais chercher appelait prevu prevoyait planifie disputes`),
};

/** Requests, whose "you" is not the speaker that is asked for. */
const requests =
  /\b(?:(?:can|could|would|will|do|did|don t) you (?:please |still |even )*(?:remind|tell|show|find|remember|recall|list|give|summari[sz]e|pull|know|look|search|recap|check|help)\w*|(?:peux|pourrais|sais|te souviens|te rappelles) tu|tu (?:peux|pourrais|sais|te souviens|te rappelles|souviens))\b/g;
const subjects: readonly (readonly [RegExp, Asked])[] = [
  [/^(?:we|us|our|nous|nos|notre|on)$/, 'both'],
  [/^(?:i|ive|my|je|j|jai|mes)$/, 'person'],
  [/^(?:you|u|your|tu|ta|tes|vous)$/, 'program'],
];

const askedOf = (clauses: readonly string[]): Asked => {
  for (const word of clauses.join(' ').replace(requests, ' ').split(' '))
    for (const [pattern, asked] of subjects) if (pattern.test(word)) return asked;
  return 'both';
};

/** The words of the text that begin with a capital within a sentence, folded: names keep their form. */
const namesIn = (text: string): ReadonlySet<string> =>
  new Set(Array.from(text.matchAll(/(?<=[\p{L}\p{N},;:’'"«“(-]\s*)\p{Lu}[\p{L}\p{N}]*/gu), ([name]) => fold(name)));

/**
 * The subject of a question about time: its words without those that ask, that name a time or that mean talking, and the speaker
 * whose messages are asked for. No words where it asks for a period as a whole. Pure.
 */
export const topicOf = (text: string, { language, now, zone }: TimeReading): TimeTopic => {
  const clock = { now: momentOfText(localTimeOf(now, zone)), american: false };
  const known = language ?? languageOfText(text);
  const languages: readonly ('en' | 'fr')[] = known ? [known] : ['en', 'fr'];
  const clauses = sentencesOf(text).flatMap((sentence) => sentence.clauses);
  const rest = clauses.map((clause) =>
    languages.reduce((left, one) => withoutDates({ ...clause, text: left, expressions: timeFinders[one](left, clock) }), clause.text),
  );
  const names = namesIn(text);
  const isAsking = (word: string): boolean => languages.some((one) => isStopWord(word, one) || asking[one].has(word));
  const words = new Map<string, TopicWord>();
  for (const word of rest.flatMap((clause) => clause.split(/[^\p{L}\p{N}]+/u))) {
    if (word === '' || (word.length < 2 && !/\d/.test(word))) continue;
    const isName = names.has(word) && !isAsking(word);
    if (!isName && isAsking(word)) continue;
    const shown = text.match(/[\p{L}\p{N}]+/gu)?.find((one) => fold(one) === word) ?? word;
    words.set(word, { shown, word, stem: isName || /\d/.test(word) ? null : stem(word, known ?? 'fr') });
  }
  return { words: [...words.values()], asked: askedOf(clauses.map((clause) => clause.text)) };
};

/** The local day of an instant in a zone, `YYYY-MM-DD`. */
export const dayOf = (instant: number, zone: string): string => localTimeOf(instant, zone).slice(0, 10);
