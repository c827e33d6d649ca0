import { fold } from '@shared/text/fold';

/**
 * Whether a question is about the program itself, by its words: it names the program, speaks of
 * what only such a program has (`likely`), or of what the program has too in the way of someone who uses it (`possible`).
 */
export type ProgramCue = 'named' | 'likely' | 'possible' | 'none';

const pattern = (...parts: string[]): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('|')})(?![\\p{L}\\p{N}])`, 'u');

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
/** What hardly any document speaks of in these words. */
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
/** Names the things a person has in the program; their documents know who wrote them, when, and what they are about. */
const possessions = pattern(
  'my (?:data|documents?|conversations?|chats?|api keys?|scanned pdfs?)(?! (?:of|about|on|for|from)(?![\\p{L}\\p{N}]))',
  "mes (?:donnees|documents?|conversations?|discussions?)(?! (?:(?:de|du|des|sur|pour)(?![\\p{L}\\p{N}])|d'))",
);
const aboutContent = /^(?:who|when|qui|quand) /;
/** How a question says where to look: nothing of it is about the program. */
const whereToLook = new RegExp(
  pattern(
    '(?:in|from|of|across|among|according to|based on|using) (?:all )?(?:my|the|these|our) (?:own )?(?:documents?|files?|library|collection)',
    '(?:what|which) (?:do|does|of) my (?:documents?|files?)(?: say)?',
    'my (?:documents?|files?) (?:say|says|mention|mentions|tell)',
    "(?:dans|selon|d'apres|parmi|de) (?:tous )?(?:mes|les|ces|nos) (?:documents?|fichiers?)",
    'que (?:disent|dit) mes (?:documents?|fichiers?)',
    'mes (?:documents?|fichiers?) (?:disent|parlent|mentionnent)',
  ).source,
  'gu',
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
/** How a person speaks who uses the program, and not of what documents say. */
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

/** A longer text is pasted, and no question about the program. */
const mostCharacters = 600;

/** The cue that a question's words give. Pure. */
export const programCueOf = (question: string): ProgramCue => {
  if (question.length > mostCharacters) return 'none';
  const text = fold(question)
    .replace(/[’]/g, "'")
    .replace(/[-?!.,;:()"«»“”]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(whereToLook, ' ');
  if (named.test(text)) return 'named';
  if (idioms.test(text) || (possessions.test(text) && !aboutContent.test(text))) return 'likely';
  if (start.test(text)) return 'possible';
  return features.test(text) && user.test(text) ? 'possible' : 'none';
};

/** How much better (in the units of `confidence`) the guide must know what the documents may be asked for. */
const lead = { named: -4.5, likely: -4.5, possible: 0.6 } as const;

/** Whether the guide takes part in the search, from its own confidence and that of the person's documents. */
export const guideTakesPart = (cue: Exclude<ProgramCue, 'none'>, guide: number, own: number): boolean => guide > own + lead[cue];
