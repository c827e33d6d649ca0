import { foldedWords } from '@main/text/words';

/** Kinds of polite phrases: nothing is searched for them. */
export type SmallTalk = 'greeting' | 'thanks' | 'goodbye' | 'agreement';

interface Courtesy {
  kind: SmallTalk;
  language: 'en' | 'fr' | null;
}

const lists: readonly (readonly [SmallTalk, 'en' | 'fr' | null, string])[] = [
  [
    'greeting',
    'en',
    'hello|hi|hey|heya|hiya|howdy|greetings|good morning|good afternoon|good evening|good day|how are you|how do you do|how is it going|how s it going|what s up|sup|wassup|nice to meet you|pleased to meet you|anyone there|anybody there|is anyone there|is anybody there|are you there',
  ],
  [
    'greeting',
    'fr',
    'bonjour|bonsoir|salut|coucou|rebonjour|bien le bonjour|ca va|comment ca va|comment allez vous|comment vas tu|tu vas bien|vous allez bien|enchante|enchantee|bjr|bsr|slt|cc|quoi de neuf|ca roule|comment vous portez vous|je vous souhaite le bonjour|je te souhaite le bonjour|tu es la|vous etes la|il y a quelqu un|y a quelqu un',
  ],
  ['greeting', null, 'hola|hallo|ciao|yo'],
  [
    'thanks',
    'en',
    'thanks|thank you|thank u|thankyou|thx|ty|tysm|cheers|much appreciated|i appreciate it|much obliged|you saved my day|you made my day',
  ],
  [
    'thanks',
    'fr',
    'merci|mercis|je vous remercie|je te remercie|grand merci|mrc|mci|je vous suis reconnaissant|je vous suis reconnaissante',
  ],
  [
    'goodbye',
    'en',
    'bye|goodbye|bye bye|see you|see ya|take care|good night|have a nice day|have a good day|have a great day|talk to you later|talk to you soon|talk soon|see you later|see you soon|see you tomorrow|see you next time|have a good weekend|have a nice weekend|have a great weekend|have a good evening|have a nice evening|have a good one|cya|gotta go',
  ],
  [
    'goodbye',
    'fr',
    'au revoir|a bientot|a plus|a plus tard|a demain|bonne journee|bonne soiree|bonne nuit|bon week end|bon weekend|bonne fin de journee|bonne fin de soiree|bonne continuation|a tout a l heure|a tout de suite|a la prochaine|a tantot|tchao|bisous|adieu',
  ],
  [
    'agreement',
    'en',
    'got it|i see|understood|great|perfect|awesome|wonderful|brilliant|nice one|nice work|very nice|excellent work|well done|sounds good|all right|alright|no problem|you are welcome|you re welcome|good job|makes sense|congratulations|never mind|i understand|sure|sure thing|good|that is all|that s all|exactly what i needed|just what i needed|what i needed',
  ],
  [
    'agreement',
    'fr',
    'd accord|dac|entendu|compris|j ai compris|je vois|parfait|genial|formidable|impeccable|nickel|bravo|ca marche|c est note|bien recu|tres bien|de rien|pas de probleme|felicitations|chouette|c est clair|d acc|je comprends|je vous en prie|je t en prie|ce sera tout|c est tout|c est tout bon',
  ],
  ['agreement', null, 'ok|okay|okey|oki|k|cool|super|excellent|top'],
];
const courtesies = new Map<string, Courtesy>(
  lists.flatMap(([kind, language, phrases]) => phrases.split('|').map((phrase) => [phrase, { kind, language }] as const)),
);
const longestPhrase = 5;
/** Phrases that begin like a courtesy but ask for something. */
const requests = /(?:^| )how do you do (?:it|this|that)(?: |$)/;
const pictures = /^(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+$/u;
/** Repeated letters at the end, as in "Hellooo". */
const drawnOut = /(\p{L})\1{2,}$/u;

/** Words that go with courtesies and ask nothing. */
const company = new Set(
  (
    'there all everyone everybody again so very much you a lot for your the help helping that this it helps helped was is s really many million times in advance too and i m am fine good well nice exactly now explaining answering clarifying everything info partner buddy pal guys sir madam ' +
    'today morning answer reply explanation clear useful helpful works worked friend mate folks team dear oh ah well just to me my of course kind kindly kindness quick ' +
    'tous toutes le la les monde cher chere chers beaucoup bien tres vous te toi tu infiniment mille fois pour votre vos ton ta aide reponse cette ces est c etait et moi je j ai suis encore ' +
    'madame monsieur mesdames messieurs utile m a avez as aide aidee avoir repondu explique expliquee gentil sympa vraiment clair tout d avance l un une grand cela ca eh oh ah hein alors bon ' +
    'anima neo nexus emergence'
  ).split(' '),
);
/** A longer message is more than a courtesy. */
const mostWords = 14;
const mostCharacters = 200;

const courtesiesIn = (text: string): Courtesy[] | null => {
  if (text.length > mostCharacters) return null;
  if (/\S/.test(text) && pictures.test(text))
    return [{ kind: text.includes('🙏') ? 'thanks' : text.includes('👋') ? 'greeting' : 'agreement', language: null }];
  const words = foldedWords(text).map((word) => word.replace(drawnOut, '$1'));
  if (words.length === 0 || words.length > mostWords || requests.test(words.join(' '))) return null;
  const found: Courtesy[] = [];
  for (let at = 0; at < words.length; ) {
    let length = Math.min(longestPhrase, words.length - at);
    let courtesy: Courtesy | undefined;
    for (; length > 0; length -= 1) {
      courtesy = courtesies.get(words.slice(at, at + length).join(' '));
      if (courtesy) break;
    }
    if (courtesy) found.push(courtesy);
    else if (!company.has(words[at] as string)) return null;
    at += Math.max(1, length);
  }
  return found.length > 0 ? found : null;
};

/**
 * The courtesy of a message that is nothing else: "bonjour", "thanks, that helps". Null for a message that also asks or says
 * something else ("bonjour, quel est le loyer ?"). Pure.
 */
export const smallTalkOf = (text: string): SmallTalk | null => {
  const found = courtesiesIn(text);
  if (!found) return null;
  const kinds = found.map(({ kind }) => kind);
  // "Is it ok?" is a question; "hello?" and "ça va ?" are not.
  if (/\?\s*$/.test(text) && !kinds.includes('greeting')) return null;
  return (['thanks', 'goodbye', 'greeting', 'agreement'] as const).find((kind) => kinds.includes(kind)) ?? null;
};

/** The language of a courtesy; null where both languages use it, or the text is none. */
export const languageOfCourtesy = (text: string): 'en' | 'fr' | null => {
  const languages = new Set(courtesiesIn(text)?.flatMap(({ language }) => language ?? []));
  return languages.size === 1 ? ([...languages][0] as 'en' | 'fr') : null;
};

const replies = {
  en: {
    greeting: 'Hello! Ask a question about your documents, and the passages that answer it are shown here.',
    thanks: 'You are welcome. Ask whenever there is another question.',
    goodbye: 'Goodbye. Your conversation stays here.',
    agreement: 'All right. Ask whenever there is another question.',
  },
  fr: {
    greeting: 'Bonjour ! Posez une question sur vos documents, et les passages qui y répondent s’afficheront ici.',
    thanks: 'Avec plaisir. Posez une autre question quand vous le souhaitez.',
    goodbye: 'Au revoir. Votre conversation reste ici.',
    agreement: 'Entendu. Posez une autre question quand vous le souhaitez.',
  },
} as const;

/** The reply to a courtesy where no model answers. */
export const replyTo = (kind: SmallTalk, language: 'en' | 'fr'): string => replies[language][kind];
