import { isSentenceEnd } from '@shared/text/sentences';

// The words and signs around numbers in brackets decide if the numbers cite sources.

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Names of things that are written as numbers in brackets. */
const things = set(
  'interval intervals intervalle intervalles range ranges plage plages band bande bandes array arrays tableau tableaux list lists liste listes vector vectors vecteur vecteurs tuple tuples set sets ensemble ensembles matrix matrices matrice pair pairs couple couples paire paires point points coordinate coordinates coordonnée coordonnées sequence sequences séquence séquences suite suites domain domains domaine domaines segment segments scale scales échelle échelles value values valeur valeurs fourchette fourchettes span indices index indexes dimension dimensions shape size taille bound bounds borne bornes limits limites row rows column columns colonne colonnes window fenêtre score scores numbers nombres digits chiffres subset permutation input output entrée sortie argument arguments parameter paramètre paramètres integers entiers regex regexp regexes triple triplet polynomial polynôme coefficients weights poids',
);
/** Words that may come between such a name and its numbers. */
const between = set(
  'of is are was were be from to goes runs equals equal becomes closed open half-open fermé fermée ouvert ouverte est sont était de du des vaut valent va égal suivant suivante following like as comme namely soit in dans called appelé named = : a b c i j k n x y z',
);
/** Words before a thing in brackets, hardly ever before a citation. */
const leading = set(
  'in into within between from to at of on over inside across onto equals equal is are was were be becomes gives yields returns return returned outputs prints reads got obtient contains holds stores has the a an dans entre de du des à en sur vers égal vaut valent est sont était étaient donne renvoie retourne devient contient affiche le la les un une d l take prenez prends soit let with avec and et or ou sort reverse inverse triez inversez not pas',
);
/** After these words, "in [2, 5]" is a citation. */
const citingVerbs =
  /(?<!\p{L})(?:stated|described|shown|given|reported|found|explained|seen|set out|laid out|mentioned|noted|indicated|discussed|documented|specified|listed|detailed|defined|read|written|taken|derived|quoted|adapted|cited|information|details?|according|thanks|indiqué|décrit|expliqué|mentionné|précisé|trouvé|donné|cité|vu|noté|défini|détaillé|montré|tiré|repris|extrait|lu|écrit|référence)(?:e|s|es)?\s+(?:also\s+|aussi\s+)?(?:in|from|at|on|to|dans|en|à|de|par|by)$/iu;
/** Units, currencies, months and other words that a number before them counts or dates. */
const counted =
  'm?bars?|psi|[kMh]?Pa|°\\s?[CF]?|℃|%|‰|per\\s?cent|pour\\s?cent|km\\/h|mph|m\\/s|k?m[²³23]?|cm[²³23]?|mm[²³23]?|µm|nm|ha|k?g|mg|µg|t|tons?|tonnes?|kilos?|grams?|grammes?|lb|oz|l|ml|cl|dl|lit(?:re|er)s?|met(?:re|er)s?|m[èe]tres?|feet|foot|miles?|inches|ms|µs|min|mins|minutes?|h|hrs?|hours?|heures?|s|secs?|seconds|secondes|days?|jours?|weeks?|semaines?|months?|mois|years?|ans|années|k?V|volts?|k?W|watts?|kWh|MW|Hz|[kMG]Hz|dB|[kKMGT]?[bB]|[kMG]o|bits?|bytes|octets?|pixels?|px|degrees?|degrés?|euros?|francs?|dollars?|pounds?|livres?|cents?|centimes?|€|£|EUR|USD|GBP|CHF|people|persons?|personnes?|children|enfants?|men|women|hommes?|femmes?|tablets?|comprimés?|eggs?|œufs?|fois|stars?|étoiles?|pi[èe]ces?|items?|éléments?|elements?|May(?=\\s+\\d)|January|February|March|April|June|July|August|September|October|November|December|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre';
const unitAfter = new RegExp(String.raw`^[\s\u00a0\u202f]*(?:${counted}|\$)(?![\p{L}\p{N}'’])`, 'u');
/** Further units after a list of numbers; a sentence after a citation of a single source could begin with them. */
const listUnitAfter = /^[\s\u00a0\u202f]*(?:points?|times|pages?|lines?|lignes?|A|C|K|N|J|mol|units?|unités?|bars?)(?![\p{L}\p{N}'’])/u;
const mathsBefore = /(?:(?<!\w\+)[=≤≥≈≠∈∉⊂⊆∪∩×·+−±√∑∫]|\\(?:in|subset|cup|cap|times|leq?|geq?)|:=|->|=>|<=|>=)\s*\$?\s*$/;
const mathsAfter = /^\s*(?:[=≤≥≈≠∪∩⊂⊆∈×·−]|\+\s*[\d[(]|\\(?:cup|cap|times|to|in|subset)\b)/;
const listMathsAfter = /^\s*(?:[→⇒]|->|=>|[*+/^]\s*[\d[(\p{L}]|(?:to|into|onto|vers|en|but\s+got|et\s+on\s+obtient)\s+\[)/u;
/** A request to press a key; "of this type [1]" is none. */
const keys =
  /(?:^|[.!?:;,(*_>-]\s*|(?<!\p{L})(?:to|and|then|or|please|now|just|you|must|can|should|et|puis|pour|ou|veuillez)\s+)(?:press|type|hit|tap|tapez|appuyez\s+sur|pressez)\s*$/iu;
/** Names with a number of their own: "Step [2]". With an article before them they are ordinary words. */
const labels =
  /(?:^|\s)([\p{L}'’]+\s+)?(?:steps?|étapes?|questions?|exercises?|exercices?|pages?|p\.|lines?|lignes?|chapters?|chapitres?|figures?|fig\.|tables?|tableaux?|options?|choice|choix|articles?|art\.|sections?|§|levels?|niveaux?|niveau|grade|rooms?|salles?|box|case|columns?|colonnes?|rows?|versions?|keys?|buttons?|touches?|boutons?|volumes?|vol\.|equations?|équations?|eq\.|pid|(?:error|exit|return|status)\s+codes?|codes?\s+(?:d['’]erreur|de\s+retour)|note|footnote|theorem|théorème|lemma|lemme|rated|scored|noté[es]?)\s*$/iu;
/** Names with a number of their own only at the beginning of a clause: "Group [3] received it", but "the control group [3]". */
const openingLabels =
  /(?:^|[.!?:;(]\s+|[*_>]\s*)(?:tracks?|piste|player|joueu(?:r|se)|thread|process|processus|node|n[œo]e?ud|phase|group|groupe|team|équipe|class|classe|day|jour|week|semaine|parts?|partie|slot|port|channel|canal|bit|register|registre|floor|étage|error|erreur|code|status|task|tâche|sample|batch|lot|patient)\s*$/iu;
/** Words before and after a number of things: "There were [5]", "Add [3] eggs", "[5] of them". */
const countingBefore =
  /(?<!\p{L})(?:there\s+(?:is|are|was|were|will\s+be)|y\s+(?:en\s+)?(?:a|ait|avait|aura|eut)|en\s+reste)\s+$|(?:^|[.!?:;]\s+)(?:take|add|prenez|ajoutez)\s+$/iu;
const countingAfter = /^\s+(?:of\s+(?:them|these|those|us|you)|d['’]entre\s+(?:eux|elles|nous|vous)|more\s+\p{L}+s)(?!\p{L})/u;
const articles =
  /^(?:the|a|an|this|that|these|those|each|every|its|their|our|le|la|les|un|une|ce|cet|cette|ces|des|du|au|aux|chaque|son|sa|ses|leur|leurs|l['’]\S*|d['’]\S*)\s+$/iu;
const scored = /^\s*(?:\/\s*\d|out of\s+\d|sur\s+\d)/i;
/** A confidence interval or a spread: "95 % CI [1, 3]", "IC à 95 % [2 ; 5]". */
const spread = /(?<!\p{L})(?:CIs?|CrI|IC|IQR|EIQ|IIQ|HDI)(?!\p{L})[^.;\n]{0,16}$/u;
/** A median or mean before its spread: "the median was 4 [2, 6]", "a mean age of 5 years [2–8]". */
const middle =
  /(?<!\p{L})(?:medians?|means?|averages?|difference|age|médianes?|moyennes?|différence|âge)(?!\p{L})[^.;\n]{0,40}?(\d+(?:[.,]\d+)?)\s?(\p{L}+\s)?$/iu;
/** True when two numbers are the bounds of the one right before them; a unit may come between where they are a range. */
const isSpread = (before: string, numbers: readonly number[], isRange: boolean): boolean => {
  const [, written = '', unit] = middle.exec(before) ?? [];
  const value = Number(written.replace(',', '.'));
  const [low = 0, high = 0] = [numbers[0], numbers.at(-1)];
  return written !== '' && low <= value && value <= high && (isRange || (numbers.length === 2 && unit === undefined));
};
/** A command of LaTeX with an optional argument in brackets: `\\sqrt[3]{8}`. */
const texCommand = /\\[a-zA-Z]+\*?(?:\{[^{}\n]*\})*$/;
/** The name of a value in JSON or in code: `"n": [1]`. */
const jsonKey = /[{,]\s*(?:"[^"\n]{0,60}"|'[^'\n]{0,60}')\s*:\s*$/;
const codeNames =
  /^(?:arr|args?|argv|array|list|lst|make|vec|vector|buf|buffer|data|items|tab|tuple|dict|map|mat|matrix|row|rows|col|cols|df|str|params|tableau|liste|vecteur|matrice|tmp|obj|ptr|nums|elements?|grid|table|int|char|bool|uint|Vec)$/;
const codeCue = /(?:element|entry|index|cell|item|array|list|variable|pointer|élément|indice|case|cellule|tableau|liste|vecteur)s?\s+$/i;
const unitWord = /^(?:m|km|cm|mm|m2|m3|km2|cm2|cm3|kg|g|l|h|s|t|V|W|A|K|C|°C|ms|kW|kWh|ha)$/;
const quotesOpen = /["'«“‘„]\s?$/;
const quotesClose = /^\s?["'»”’“]/;
const clauseEnd = /^\s*(?:[.,;:!?…。，；：！？)»”]|$|\n\s*(?:\n|$)|[*_]+(?:\s|[.,;:]|$)|\||<\/?\w)/;

/** True for a citation in parentheses, or one of several in a row. */
export const inRow = (before: string, after: string): boolean => /[\]】]\s?$/.test(before) || /^\s?[[【]/.test(after);

/** Names with a capital inside, a point or a sign that are not code: iPhone, eBay, mRNA, Node.js, U.S., AT&T, C++. */
const properName =
  /(?:(?<![\p{L}\p{N}])[a-z](?:\p{Lu}{1,4}s?|\p{Lu}\p{Ll}{2,})|(?<![\p{L}\p{N}])(?:mac|i|iPad|watch)OS|(?<![\p{L}\p{N}])kWh|\p{L}\.(?:js|net|io|com|org|ai|fr|eu)|(?:\p{Lu}\.){2,}|\p{Lu}&\p{Lu}|(?<![\p{L}\p{N}])\p{L}+(?:\+\+|#)|°\s?[CF])$/u;
/** Removes the brackets at the end of the text: `rows[1]["a"]` begins with `rows`. */
const withoutBrackets = (before: string): string => {
  let end = before.length;
  while (before[end - 1] === ']') {
    const open = before.lastIndexOf('[', end - 1);
    if (open < 0 || before.slice(open, end).includes('\n')) break;
    end = open;
  }
  return before.slice(0, end);
};

const isIdentifier = (before: string): boolean => {
  if (before.endsWith(']')) {
    const name = withoutBrackets(before);
    return name !== before && isIdentifier(name);
  }
  if (properName.test(before)) return false;
  const word = /[\p{L}\p{N}_$.]+$/u.exec(before)?.[0] ?? '';
  if (word === '') return /(?:\p{L}|_)\([^()\n]{0,80}\)$/u.test(before);
  const earlier = before.slice(0, before.length - word.length);
  if (unitWord.test(word) && /\d[\s\u00a0\u202f]?$/.test(earlier)) return false;
  if (/^\p{L}$/u.test(word)) return !/[^\p{scx=Latin}\p{scx=Greek}]/u.test(word);
  if (/[_$]/.test(word) || codeNames.test(word)) return true;
  if (/^[a-z]+\d+$/.test(word) || /^[a-z]+[A-Z]/.test(word) || /[a-z]\.[a-z]/i.test(word)) return !/^(?:m|km|cm)[23]$/.test(word);
  return codeCue.test(earlier);
};

/** The words before a place, the last one first, without signs. */
const lastWords = (before: string): string[] =>
  before
    .toLowerCase()
    .replace(/([cdjlmnst]|qu)['’]/g, '$1 ')
    .match(/[\p{L}=:][\p{L}\p{N}-]*|\d+/gu)
    ?.slice(-5)
    .reverse() ?? [];

const demonstrative = set('this that these those its their our ce cet cette ces son sa ses leur leurs nos notre');

/** True after the name of a thing, or after a few small words that follow one: "the array [1, 2]", "the interval is [2, 5]". */
export const followsThing = (before: string): boolean => {
  const words = lastWords(before);
  const at = words.findIndex((word) => !between.has(word));
  if (at < 0 || !things.has(words[at] as string)) return false;
  return !(at === 0 && demonstrative.has(words[1] ?? ''));
};

/** Joins two numbers in brackets: "from [1] to [5]", "[1]–[3]", "[1] and [2]". */
const joint = String.raw`\s*(and|or|to|through|until|et|ou|à|jusqu['’]à|[-–—]{1,2}|\.{3}|…)\s*`;
const pairedBefore = new RegExp(String.raw`[[【]\d{1,3}[\]】]${joint}$`, 'iu');
const pairedAfter = new RegExp(String.raw`^${joint}[[【]\d{1,3}[\]】]`, 'iu');
const listing = set('and or et ou');
const opensRange = /(?<!\p{L})(?:between|entre)\s*$/iu;

/** True when a single number is a citation: it is unless something around it, or around the other number of its pair, shows otherwise. */
export const isSingle = (before: string, after: string): boolean => {
  if (!citesAlone(before, after)) return false;
  const earlier = pairedBefore.exec(before);
  const opening = earlier ? before.slice(0, earlier.index) : before;
  if (earlier && !citesAlone(opening, after)) return false;
  const later = pairedAfter.exec(after);
  const word = (earlier ?? later)?.[1];
  if (word === undefined || (listing.has(word.toLowerCase()) && !opensRange.test(opening))) return true;
  if (later && !citesAlone(before, after.slice(later[0].length))) return false;
  return !followsThing(opening.replace(opensRange, ''));
};

const citesAlone = (before: string, after: string): boolean =>
  !(
    unitAfter.test(after) ||
    mathsBefore.test(before) ||
    mathsAfter.test(after) ||
    keys.test(before) ||
    countingBefore.test(before) ||
    countingAfter.test(after) ||
    scored.test(after) ||
    openingLabels.test(before) ||
    isLabelled(before)
  );

const isLabelled = (before: string): boolean => {
  const label = labels.exec(before.slice(-80));
  if (!label) return false;
  const article = label[1] ?? '';
  if (article !== '' && articles.test(article)) return false;
  // In "the last table [2]" the article comes one word earlier.
  const earlier = /([\p{L}'’]+\s+)$/u.exec(before.slice(0, before.length - label[0].trimStart().length))?.[1] ?? '';
  return !articles.test(earlier);
};

/** True when several numbers are a citation: at the end of a sentence or clause, or after a noun that is none of those things. */
export const isList = (before: string, after: string, numbers: readonly number[], isRange: boolean): boolean => {
  if (new Set(numbers).size < numbers.length || isSpread(before, numbers, isRange)) return false;
  if (
    unitAfter.test(after) ||
    listUnitAfter.test(after) ||
    mathsBefore.test(before) ||
    mathsAfter.test(after) ||
    listMathsAfter.test(after)
  )
    return false;
  if (keys.test(before) || scored.test(after) || spread.test(before)) return false;
  if (isSentenceEnd(before)) return true;
  const plain = before.replace(/[*_("«“\s]+$/, '');
  if (
    /(?:^|[\s(])(?:sources?|see|see also|voir|voir aussi|cf\.?|selon|d['’]après|according to|per|by|par|refs?\.?|références?|references?)\s*:?$/i.test(
      plain,
    )
  )
    return true;
  if (citingVerbs.test(plain)) return true;
  if (followsThing(plain) || isLabelled(`${plain} `)) return false;
  if (/[:=]$/.test(plain) || plain === '' || /^(?:[-+•]|\d+[.)])$/.test(plain.trim())) return /\|\s*$/.test(before) && /^\s*\|/.test(after);
  if (/\($/.test(before.trimEnd())) return !/[\p{L}\p{N}_]\($/u.test(before.trimEnd());
  const [last = ''] = lastWords(plain);
  if (leading.has(last)) return false;
  return clauseEnd.test(after) || /^\s+\p{L}/u.test(after) || /^\s?[[【(]/.test(after) || /^\s*[–—-]/.test(after);
};

/** True when a bracket can be a citation at all: it is not part of a word, of code or of a formula, and nobody quotes it. */
export const canStand = (text: string, start: number, end: number, before: string, after: string): boolean => {
  const [left, right] = [text[start - 1] ?? '', text[end] ?? ''];
  if (left === '\\' || left === '[' || left === '{' || right === ']' || (/[#@/~]/.test(left) && !properName.test(before))) return false;
  if ((before.includes('\\') && texCommand.test(before)) || (before.trimEnd().endsWith(':') && jsonKey.test(before))) return false;
  // Not citations: `[1]st`, `[4]-helicene`, `row[1].name`.
  if (/[\p{scx=Latin}\p{scx=Greek}\p{N}]/u.test(right) || /^(?:-\p{L}|\.[\p{Ll}_]\w*|\[\D|\+\+|--(?!\[)|\(\s*\)|:\d|\*\s*\d)/u.test(after))
    return false;
  if (left === '-' && /[\p{L}\p{N}]-$/u.test(before)) return false;
  if (quotesOpen.test(before) && quotesClose.test(after) && !/[\p{L}\p{N}.,!?]["'’”»]\s?$/u.test(before)) return false;
  return !isIdentifier(before);
};
