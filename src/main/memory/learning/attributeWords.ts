import type { MemoryItem } from '@shared/model';
import { lateTest, type Occurs } from '@shared/text/whenUsed';

/** The form that a value of an attribute has. `name`: a few words, the first with a capital; `thing`: some words; `number`: with a digit. */
export type ValueShape = 'name' | 'thing' | 'number';

/** The English and French words of which one stands in each statement about an attribute, in plain letters. */
export interface AttributeWords {
  kind: Exclude<MemoryItem['kind'], 'concept'>;
  cue: Occurs;
  /** The words of which one stands right before the value; left out where any may. */
  lead?: Occurs;
  shape: ValueShape;
  /** True where a negation in the statement turns it into its opposite: "I don't drink coffee" is no liking of coffee. */
  affirms: boolean;
}

const cue = (words: string): Occurs => lateTest(() => new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'u'));

const liking = cue(
  "likes?|love[sd]?|enjoys?|adores?|adorent|keen on|fond of|fan of|into|crazy about|favou?rite|aimes?|aiment|aimons|raffole(?:nt)?|fan d[eu']?|passionnee?s?|prefer\\p{L}*|kiff\\p{L}+",
);
const disliking = cue(
  "dislikes?|hates?|can'?t stand|cannot stand|can'?t bear|detest\\p{L}*|loathes?|(?:not|\\p{L}+n't|never|dont) (?:really )?(?:like|enjoy|want)|horreur d[eu']?|(?:n'|ne |j')?aime(?:nt|s|ns)? (?:pas|guere|plus)|supporte\\p{L}* (?:pas|plus)|ras le bol|marre d[eu']?",
);
const preferring = cue('prefer\\p{L}*|rather|favou?rites?|plutot|mieux|better with|always use|utilise toujours');
const toDo =
  "need(?:s)? to|has to|have to|had to|got to|gotta|must|should|supposed to|plan(?:s|ning)? to|going to|will|remind me|don't forget|deadline|due|by|before|dois|doit|devons|doivent|faut|vais|allons|prevois|prevoyons|compte|comptons|rappelle-moi|rappelez-moi|avant|d'ici|echeance|a rendre|a faire|rendez-vous|rdv|appointment|meeting|reunion";

const before = (words: string): Occurs =>
  lateTest(() => new RegExp(`(?<![\\p{L}\\p{N}])(?:(?:${words})(?: (?:the|a|an|my|our|la|le|les|un|une|mon|ma|notre))?|l'|d') ?$|^$`, 'u'));

const fact = (words: string, shape: ValueShape, lead?: string): AttributeWords => ({
  ...{ kind: 'fact', cue: cue(words), shape, affirms: true },
  ...(lead !== undefined && { lead: before(lead) }),
});
const intent: AttributeWords = { kind: 'intent', cue: cue(toDo), shape: 'thing', affirms: true };

const role =
  "i'?m|we'?re|am|is|are|was|works? as|working as|job|profession|career|became|suis|est|sommes|etais|travaille comme|metier|poste|devenue?|en tant que|commence\\p{L}* comme|embauchee?|took over|takes over|replace[sd]?|promoted|remplac\\p{L}*|promue?|nommee?";

const table: Readonly<Record<string, AttributeWords>> = {
  name: fact(
    "name(?:'s)?|named|called|call me|i'?m|appelle|appelles|appelez|prenom|nom|suis|c'est",
    'name',
    "is|called|named|am|i'm|me|name's|appelle|est|suis|c'est|prenom|nom",
  ),
  home: fact(
    'lives?|living|lived|moved?|moving|based|settled|home|house|flat|apartment|from|habit\\p{L}*|vis|vit|vivons|vivent|demenag\\p{L}*|installe\\p{L}*|domicile|maison|appart\\p{L}*|emmenag\\p{L}*',
    'name',
    'in|to|from|at|near|outside|around|of|is|a|au|aux|en|dans|sur|pres de|vers|est',
  ),
  whereabouts: fact(
    'in|to|at|visit\\p{L}*|trip|travel\\p{L}*|holiday|a|au|aux|en|chez|voyage|vacances|pars|part|partons|serai|serons',
    'thing',
  ),
  employer: fact(
    'work\\p{L}*|job|employ\\p{L}*|hired|joined|left|quit|resign\\p{L}*|company|travaill\\p{L}*|bosse\\p{L}*|boulot|employeur|embauchee?|recrutee?|entreprise|boite|quitt\\p{L}*|demission\\p{L}*',
    'thing',
    'at|for|with|by|is|left|quit|joined|chez|pour|a|au|dans|est|quitte|rejoint|de|du',
  ),
  role: fact(role, 'thing'),
  age: fact('years?|old|aged?|turn\\p{L}*|is|are|ans|age|aura|avons|ont', 'number'),
  birthday: fact('birthday|born|birth|anniversaire|nee?s?|naissance', 'number'),
  likes: { kind: 'preference', cue: liking, shape: 'thing', affirms: true },
  dislikes: { kind: 'preference', cue: disliking, shape: 'thing', affirms: false },
  prefers: { kind: 'preference', cue: preferring, shape: 'thing', affirms: true },
  allergy: { kind: 'constraint', cue: cue('allerg\\p{L}*|intoleran\\p{L}*|intolerances?'), shape: 'thing', affirms: true },
  diet: {
    kind: 'constraint',
    cue: cue('diet|vegetarian|vegan|pescatarian|halal|kosher|gluten|eat|eats|regime|vegetarien\\p{L}*|vegan\\p{L}*|casher|mange\\p{L}*'),
    shape: 'thing',
    affirms: true,
  },
  avoids: {
    kind: 'constraint',
    cue: cue("avoid\\p{L}*|without|never|not|\\p{L}+n't|no|evit\\p{L}*|sans|jamais|pas|plus|ne|n'\\p{L}+|aucune?"),
    shape: 'thing',
    affirms: false,
  },
  unavailable: {
    kind: 'constraint',
    cue: cue(
      "unavailable|busy|not|\\p{L}+n't|cannot|never|off|away|asleep|indisponibles?|prise?s?|occupee?s?|pas|jamais|absente?s?|conges?|vacances",
    ),
    shape: 'thing',
    affirms: false,
  },
  budget: {
    kind: 'constraint',
    cue: cue('budgets?|spend|afford|at most|no more than|max\\p{L}*|depens\\p{L}*|plus de|au plus|limite'),
    shape: 'number',
    affirms: false,
  },
  task: intent,
  deadline: intent,
  appointment: intent,
};

/** Words that make an instruction one for all answers to come, and not for the next one. */
export const standingWords = cue(
  "always|never|from now on|in (?:all )?(?:your|the) (?:answers|replies)|by default|every time|each time|whenever|in (?:the )?future|toujours|jamais|desormais|dorenavant|a l'avenir|dans (?:toutes )?(?:tes|vos) reponses|par defaut|a chaque fois|chaque fois|a partir de maintenant",
);
const instruction: AttributeWords = { kind: 'preference', cue: standingWords, shape: 'thing', affirms: false };

/** The words of an attribute; null for one that nobody listed. */
export const wordsOfAttribute = (attribute: string): AttributeWords | null =>
  attribute === 'answers' || attribute === 'rule' ? instruction : (table[attribute] ?? null);
