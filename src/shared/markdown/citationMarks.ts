import { isSentenceEnd } from '@shared/text/sentences';
import { type Prose, type Region, readProse } from './prose';

/**
 * Finds the places of a text that cite numbered sources: `[1]`, `[1, 2]`, `[1-3]`, `[Source 1]`, `【1】`, `[1†source]`. A number in
 * brackets is as often an interval, an array, a scale or a document's own note, so the text around it decides.
 */
export interface CitationMark {
  start: number;
  end: number;
  /** Those of the numbers that are sources, in the order written, each once. */
  numbers: readonly number[];
}

export interface MarkOptions {
  /** Numbers of the given sources. */
  known: Pick<ReadonlySet<number>, 'has' | 'size'>;
  /** True when words that end with a number in brackets occur in a source: the number is then the source's own. */
  isQuoted?: ((words: string) => boolean) | undefined;
  /** Names whose address the text defines elsewhere. */
  names?: ReadonlySet<string> | undefined;
  /** True when more text may follow: a list of numbers at the very end is not judged yet. */
  open?: boolean | undefined;
}

const widestRange = 20;
/** How many characters before a number are compared with the sources. */
const quotedWords = 28;
const number = String.raw`\d{1,3}`;
const named = String.raw`(?:(?:sources?|documents?|docs?|passages?|extraits?|r[ée]f[ée]rences?|r[ée]fs?|n)\b[ \t]*[.:]?[ \t]*(?:n?[°º][ \t]*)?)`;
const one = String.raw`${named}?${number}(?:[ \t]*[–-][ \t]*${number})?(?:[ \t]*†[^\]】\n]{0,80})?`;
const inside = String.raw`[ \t]*(${one}(?:[ \t]*(?:[,;]|&|\band\b|\bet\b)[ \t]*${one})*)[ \t]*`;
const bracket = new RegExp(String.raw`\[${inside}\]|【${inside}】`, 'iy');
const explicit = /[\p{L}†【]/u;

/** The numbers inside a bracket, with ranges expanded; null when it is no list of numbers from 1 on. */
const numbersOf = (text: string): number[] | null => {
  const numbers: number[] = [];
  for (const part of text.replace(/†[^,;\]】]*/g, '').split(/[,;&]|\band\b|\bet\b/i)) {
    const digits = part.match(/\d+/g) ?? [];
    if (digits.some((digit) => digit.startsWith('0'))) return null;
    const [from, to] = digits.map(Number);
    if (from === undefined) return null;
    if (to === undefined) numbers.push(from);
    else if (to <= from || to - from > widestRange) return null;
    else for (let next = from; next <= to; next += 1) numbers.push(next);
  }
  return numbers;
};

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
const inRow = (before: string, after: string): boolean => /[\]】]\s?$/.test(before) || /^\s?[[【]/.test(after);

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
const followsThing = (before: string): boolean => {
  const words = lastWords(before);
  const at = words.findIndex((word) => !between.has(word));
  if (at < 0 || !things.has(words[at] as string)) return false;
  return !(at === 0 && demonstrative.has(words[1] ?? ''));
};

/** True when a single number is a citation: it is unless something around it shows otherwise. */
const isSingle = (before: string, after: string): boolean =>
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
const isList = (before: string, after: string, numbers: readonly number[], isRange: boolean): boolean => {
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

const canStand = (text: string, start: number, end: number, before: string, after: string): boolean => {
  const [left, right] = [text[start - 1] ?? '', text[end] ?? ''];
  if (left === '\\' || left === '[' || left === '{' || right === ']' || (/[#@/~]/.test(left) && !properName.test(before))) return false;
  if ((before.includes('\\') && texCommand.test(before)) || (before.trimEnd().endsWith(':') && jsonKey.test(before))) return false;
  // Not citations: `[1]st`, `[4]-helicene`, `row[1].name`.
  if (/[\p{scx=Latin}\p{scx=Greek}\p{N}]/u.test(right) || /^(?:-\p{L}|\.[\p{Ll}_]\w*|\[\D|\+\+|--|\(\s*\)|:\d|\*\s*\d)/u.test(after))
    return false;
  if (left === '-' && /[\p{L}\p{N}]-$/u.test(before)) return false;
  if (quotesOpen.test(before) && quotesClose.test(after) && !/[\p{L}\p{N}.,!?]["'’”»]\s?$/u.test(before)) return false;
  return !isIdentifier(before);
};

/** Judges the bracket that begins at `at`; null when it cites nothing. */
const markAt = (text: string, at: number, paragraph: readonly [number, number], options: MarkOptions): CitationMark | null => {
  bracket.lastIndex = at;
  const match = bracket.exec(text);
  const body = match?.[1] ?? match?.[2];
  if (!match || body === undefined) return null;
  const end = at + match[0].length;
  const numbers = numbersOf(body);
  const cited = [...new Set(numbers)].filter((candidate) => options.known.has(candidate));
  if (!numbers || end > paragraph[1] || cited.length === 0) return null;
  const ranged = /\d[ \t]*[–-][ \t]*\d/.test(body);
  if (ranged && cited.length < numbers.length) return null;
  const before = text.slice(Math.max(paragraph[0], at - 160), at);
  const after = text.slice(end, Math.min(paragraph[1], end + 60));
  const plain = !explicit.test(match[0]) || /^\[[ \t]*\d+[ \t]*(?:and|et)\b/i.test(match[0]);
  if (!canStand(text, at, end, before, after)) return null;
  const standing = before.replace(/(?:\s?[[【][^\][【】]{1,60}[\]】])+\s?$/, '');
  if (plain && numbers.length === 1 && !isSingle(standing, after)) return null;
  if (plain && numbers.length > 1) {
    if (options.open && after.trim() === '' && !isSentenceEnd(standing)) return null;
    const following = after.replace(/^(?:\s?[[【][^\][【】]{1,60}[\]】])+/, '');
    if (
      !(inRow(before, after) && isSingle(standing, following) && !followsThing(standing)) &&
      !isList(standing, following, numbers, ranged)
    )
      return null;
  }
  const words = text.slice(Math.max(paragraph[0], at - quotedWords), end).replace(/^\S*\s+/, '');
  if (options.isQuoted && words.length > match[0].length + 8 && options.isQuoted(words)) return null;
  return { start: at, end, numbers: cited };
};

/** The next bracket and region of a text, kept between its paragraphs so that each is found only once. */
interface Follow {
  bracket: number;
  region: number;
}

/** The citations of a paragraph, in order; null for each other bracket. */
function* marksIn(
  text: string,
  paragraph: readonly [number, number],
  regions: readonly Region[],
  follow: Follow,
  options: MarkOptions,
): Generator<CitationMark | null, void, void> {
  const opens = /[[【]/g;
  for (let from = paragraph[0]; ; ) {
    if (follow.bracket < from) {
      opens.lastIndex = from;
      follow.bracket = opens.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    }
    const at = follow.bracket;
    if (at >= paragraph[1]) return;
    const region = regionAt(regions, at, follow.region);
    follow.region = region.index;
    const mark = region.found ? null : markAt(text, at, paragraph, options);
    from = Math.max(region.found?.end ?? mark?.end ?? 0, at + 1);
    yield mark;
  }
}

/** Yields the citations of a text, in order, and null where the caller may pause. */
export function* readCitationMarks(text: string, options: MarkOptions): Generator<CitationMark | null, void, void> {
  if (options.known.size === 0) return;
  const follow = { bracket: -1, region: 0 };
  for (const part of readProse(text, options.names)) {
    if (!part?.paragraph) yield null;
    else {
      follow.region = 0;
      yield* marksIn(text, part.paragraph, part.regions, follow, options);
    }
  }
}

/** The citations of a text, in order. `prose` is given where the text was already read. */
export const findCitationMarks = (text: string, options: MarkOptions, prose?: Prose): CitationMark[] => {
  if (options.known.size === 0) return [];
  const found: CitationMark[] = [];
  const keep = (marks: Iterable<CitationMark | null>): void => {
    for (const mark of marks) if (mark) found.push(mark);
  };
  if (!prose) keep(readCitationMarks(text, options));
  const follow = { bracket: -1, region: 0 };
  for (const paragraph of prose?.paragraphs ?? []) keep(marksIn(text, paragraph, prose?.regions ?? [], follow, options));
  return found;
};

/** The region that contains a place, searched from index `from` on. */
const regionAt = (regions: readonly Region[], place: number, from: number): { found: Region | null; index: number } => {
  let index = from;
  while (index < regions.length && (regions[index] as Region).end <= place) index += 1;
  const region = regions[index];
  return { found: region && region.start <= place ? region : null, index };
};

const spaces = /\s+/g;

/** For `isQuoted`: returns a function that is true for words that occur in one of the texts, ignoring blanks. */
export const quotedIn = (texts: readonly string[]): ((words: string) => boolean) => {
  const bare = texts.map((text) => text.replace(spaces, ' '));
  return (words) => {
    const wanted = words.replace(spaces, ' ');
    return bare.some((text) => text.includes(wanted));
  };
};
