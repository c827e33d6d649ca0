import type { Support } from '@shared/model';
import { fold } from '@shared/text/fold';
import { lateTest, type Occurs, onceUsed } from '@shared/text/whenUsed';

/**
 * How strongly the words of a question suggest that it is about the program itself: it names the program (`named`), mentions things
 * that only such a program has (`likely`), or things that the program has too, worded as a user would (`possible`).
 */
export type ProgramCue = 'named' | 'likely' | 'possible' | 'none';

const compiled = (parts: readonly string[], flags: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('|')})(?![\\p{L}\\p{N}])`, flags);
const pattern = (...parts: string[]): Occurs => lateTest(() => compiled(parts, 'u'));

const named = pattern(
  '(?:this|the) (?:app|program|software|application|user guide)',
  "(?:cette|l'|votre) ?appli(?:cation)?",
  '(?:ce|le) (?:logiciel|programme)',
  'in emergence',
  'dans emergence',
  '(?:use|start|open|install|update|close|quit|uninstall|configure|utiliser|lancer|demarrer|ouvrir|installer|mettre a jour|fermer|quitter|desinstaller|configurer) emergence',
  'emergence (?:do|does|work|run|keep|store|send|fait|marche|fonctionne|garde|envoie|conserve)',
  '(?:does|can|is|que fait|que peut|est ce que|comment fonctionne|what is|what can) emergence',
);
/** Phrases that hardly any document contains. */
const idioms = pattern(
  '(?:file|supported) formats?',
  'formats? de fichiers?',
  'interface languages?',
  'languages? of the interface',
  "langue de l'interface",
  '(?:restore|make) (?:a|the|my) backups?',
  '(?:restaurer|faire) (?:une|la|ma) sauvegarde',
  'keyboard shortcuts?',
  'raccourcis? clavier',
  'api keys?',
  'cles? api',
  'dark mode',
  '(?:mode|theme) sombre',
  '(?:scanned|ocr) pdfs?',
  'pdf (?:numerises?|scannes?)',
  'local models?',
  'modeles? loca(?:l|ux)',
  'ollama',
  'lm studio',
  'anima',
  'neo (?:et|and) nexus',
);
/**
 * The things a person has in the program. Questions about the content of documents (who wrote them, when, about what) are left to
 * the documents.
 */
const possessions = pattern(
  'my (?:data|documents?|conversations?|chats?|api keys?|scanned pdfs?)(?! (?:of|about|on|for|from)(?![\\p{L}\\p{N}]))',
  "mes (?:donnees|documents?|conversations?|discussions?)(?! (?:(?:de|du|des|sur|pour)(?![\\p{L}\\p{N}])|d'))",
);
const aboutContent = /^(?:who|when|qui|quand) /;
/** Phrases by which a question names where to look, which do not make it one about the program. */
const whereToLook = onceUsed(() =>
  compiled(
    [
      '(?:in|from|of|across|among|according to|based on|using) (?:all )?(?:my|the|these|our) (?:own )?(?:documents?|files?|library|collection)',
      '(?:what|which) (?:do|does|of) my (?:documents?|files?)(?: say)?',
      'my (?:documents?|files?) (?:say|says|mention|mentions|tell)',
      "(?:dans|selon|d'apres|parmi|de) (?:tous )?(?:mes|les|ces|nos) (?:documents?|fichiers?)",
      'que (?:disent|dit) mes (?:documents?|fichiers?)',
      'mes (?:documents?|fichiers?) (?:disent|parlent|mentionnent)',
    ],
    'gu',
  ),
);
/** Things that the program has. */
const features = pattern(
  'anima',
  'neo',
  'nexus',
  'ollama',
  'lm studio',
  '(?:api|cle|cles|keys?) ?(?:api|keys?|cles?)?',
  'fournisseurs?',
  'providers?',
  '(?:local |language |embedding |ai )?models?',
  'modeles?(?: locaux| local| de langue)?',
  'debates?',
  'debats?',
  'citations?',
  'brackets?',
  'crochets',
  'collections?',
  'library',
  'bibliotheque',
  'conversations?',
  'discussions?',
  'chats?',
  'answers?',
  'reponses?',
  'passages?',
  'quotes?',
  'shortcuts?',
  'raccourcis?',
  'backups?',
  'sauvegardes?',
  'metrics',
  'mesures',
  'dark mode',
  'mode sombre',
  'themes?',
  '(?:the|change|switch|interface) languages?',
  '(?:de|la) langue',
  'interface',
  'window',
  'fenetre',
  'browser',
  'navigateur',
  'offline',
  'hors ligne',
  'internet',
  'data',
  'donnees',
  'data folder',
  'documents?',
  'files?',
  'fichiers?',
  'folders?',
  'dossiers?',
  'pdfs?',
  'formats?',
  'settings',
  'reglages',
  'questions?',
  'crash(?:es)?',
  'plante',
  'disk',
  'disque',
  'search',
  'recherche',
  'tokens?',
  'prompts?',
  'agents?',
  'gpu',
  'costs?',
  'coute',
  'ports?',
);
/** Phrases of a person who uses the program, as opposed to the content of documents. */
const user = pattern(
  'how (?:do|can|could|should|would|to) (?:i|you|we)?',
  'how to',
  '(?:can|may|do|does|should|must) (?:i|it|you|they)',
  'is it possible',
  'where (?:is|are|do|does|can|did) (?:my|i|you|it|the)?',
  '(?:is|are) (?:my|there|they)',
  'my (?:data|documents?|files?|keys?|api keys?|conversations?|chats?|questions?|pdfs?|scanned pdfs?|folder|computer|machine)',
  'what (?:is|are|does|do|happens)',
  'which',
  'why (?:does|is|are|do|can|did)',
  'who are',
  'how (?:much|big|large|long|many)',
  'comment',
  '(?:puis|peux|dois|faut|peut|est|sont) ?(?:je|tu|vous|il|on|ce|ils|elles)',
  'ou (?:sont|est|se trouve|se trouvent|trouver|puis)',
  'mes (?:donnees|documents?|fichiers?|cles?|conversations?|discussions?|questions?)',
  'mon (?:document|fichier|pdf|ordinateur|dossier)',
  "(?:qu'est ce|que veut dire|que signifie|que faire|a quoi sert|a quoi servent|par ou commencer|qui sont|quels? sont|quelles? sont|combien|pourquoi|quels? formats?)",
);
const start = pattern(
  'par ou commencer',
  'how (?:do i|to) (?:start|begin|get started)',
  'getting started',
  'what can (?:you|it) do',
  'que (?:sais|peux) tu faire',
  'premiers pas',
);

/** A longer text was pasted and is no question about the program. */
const mostCharacters = 600;

/** The cue that a question's words give. Pure. */
export const programCueOf = (question: string): ProgramCue => {
  if (question.length > mostCharacters) return 'none';
  const text = fold(question)
    .replace(/[’]/g, "'")
    .replace(/[-?!.,;:()"«»“”]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(whereToLook(), ' ');
  if (named.test(text)) return 'named';
  if (idioms.test(text) || (possessions.test(text) && !aboutContent.test(text))) return 'likely';
  if (start.test(text)) return 'possible';
  return features.test(text) && user.test(text) ? 'possible' : 'none';
};

/**
 * True when the guide, being the whole library, answers a question: about the program with any support, about something else only
 * with strong support, by the threshold of "not in your documents" (`processes/search/support.ts`).
 */
export const guideAnswers = (cue: ProgramCue, support: Support): boolean => support === 'strong' || (cue !== 'none' && support === 'weak');

/** The lead in `confidence` that the guide needs over the person's documents to take part. */
const lead = { named: -4.5, likely: -4.5, possible: 0.6 } as const;

/** True when the guide takes part in the search, from its own confidence and that of the person's documents. */
export const guideTakesPart = (cue: Exclude<ProgramCue, 'none'>, guide: number, own: number): boolean => guide > own + lead[cue];
