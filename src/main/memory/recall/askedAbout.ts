import { lateTest, type Occurs, onceUsed } from '@shared/text/whenUsed';
import { plainText } from '../learning/plain';
import { englishWords } from '../learning/rules/words.en';
import { frenchWords } from '../learning/rules/words.fr';

/** The things for which a question about the person asks: the attributes of items, and whether it asks for what they have to do. */
export interface AskedAbout {
  attributes: string[];
  /** True where the question asks for tasks, deadlines or appointments. */
  intents: boolean;
}

const among = (...patterns: string[]): Occurs =>
  lateTest(() => new RegExp(`(?<![\\p{L}\\p{N}'])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'u'));

const whatIs = "(?:what(?:'s| is| was| are| were)|which (?:is|was)|remind me(?: of)?|tell me|do you (?:know|remember))";
const quelEst =
  "(?:quel(?:le)?s? (?:est|etait|sont|etaient)|c'est quoi|c'etait quoi|rappelle(?:-moi| moi)?|rappelez(?:-moi| moi)|tu (?:connais|te souviens de)|dis-moi)";

/** The attributes that each form of question asks for. */
const forms: readonly { asks: Occurs; attributes: string }[] = [
  {
    asks: among(
      'where (?:do|did|does|am|was|have|had) i (?:currently |now |actually |still |first )?(?:live|living|lived|based|staying|reside|been living)',
      '(?:tell me|know|remember|forgot|forget) where i (?:currently |now |used to )?(?:live|lived|am living)',
      '(?:what|which|in what|in which) (?:city|town|village|street|country|place) (?:do|did|am|was|have) i (?:now )?(?:live|living|lived|in|based)',
      `${whatIs} my (?:current |old |new |former |previous )?(?:home|address|city|town|home town)`,
      'did i (?:ever )?(?:live|use to live)',
      "(?:ou|dans quelle (?:ville|rue)|dans quel (?:pays|village|quartier)) (?:est-ce que |c'est que )?(?:j'|je )(?:habit\\p{L}+|vis|vivais|loge\\p{L}*|demeure)",
      "(?:ou|dans quelle ville) (?:habite|habitais|vis|vivais|logeais)-je|ou ai-je (?:habite|vecu)|j'habit\\p{L}+ ou|je (?:vis|vivais) ou",
      "est-ce que (?:j'habit\\p{L}+|je viv?s|je vivais) (?:deja |encore |toujours )?(?:a|au|en|dans)|ai-je (?:deja )?(?:habite|vecu)",
      `${quelEst} (?:mon|ma) (?:ancienne |nouvelle )?adresse|${quelEst} ma ville`,
    ),
    attributes: 'home address',
  },
  {
    asks: among(
      'what (?:do|did) i do (?:for (?:a living|work)|as a job|professionally|now|before|at work)',
      `${whatIs} my (?:current |old |new |former |previous )?(?:job|profession|occupation|work|role|position|job title|trade)`,
      'where (?:do|did|am|was) i (?:now )?(?:work|working|employed)|who (?:do|did) i work for|(?:what|which) company (?:do|did) i work (?:for|at)',
      `(?:who(?:'s| is| was)|${whatIs}) my (?:old |new |former |previous )?(?:employer|company)`,
      `${quelEst} mon (?:ancien |nouveau )?(?:metier|travail|poste|boulot|job|role|employeur)|${quelEst} ma profession`,
      "qu'est-ce que je (?:fais|faisais) (?:dans la vie|comme (?:travail|metier|boulot))|que (?:fais|faisais)-je dans la vie|je (?:fais|faisais) quoi dans la vie",
      '(?:ou|pour qui|chez qui) (?:est-ce que )?je (?:travaill\\p{L}+|boss\\p{L}+)|(?:ou|pour qui|chez qui) (?:travaille|travaillais)-je|je (?:travaill\\p{L}+|boss\\p{L}+) (?:ou|pour qui|chez qui)',
      '(?:quelle|dans quelle) (?:entreprise|boite) (?:est-ce que )?je travaill\\p{L}+|qui est mon employeur',
    ),
    attributes: 'role employer',
  },
  {
    asks: among(
      `${whatIs} my (?:full |first |last |real )?name`,
      'what am i called|who am i',
      "comment (?:est-ce que )?je m'appelle|comment m'appelle-je|je m'appelle comment|qui suis-je",
      `${quelEst} mon (?:nom|prenom)`,
    ),
    attributes: 'name',
  },
  {
    asks: among(
      'how old (?:am|was) i',
      `${whatIs} my age`,
      "quel age (?:est-ce que )?(?:j'ai|ai-je|j'avais)|j'ai quel age",
      `${quelEst} mon age`,
    ),
    attributes: 'age birthday birth_date birth_year',
  },
  {
    asks: among(
      `(?:when(?:'s| is)|${whatIs}) my (?:birthday|birth date|date of birth)`,
      'when was i born',
      "(?:quand|quel jour|a quelle date) (?:est|c'est|tombe) mon anniversaire|c'est quand mon anniversaire|mon anniversaire,? c'est quand",
      'quand (?:est-ce que )?(?:je suis|suis-je) nee?',
      `${quelEst} (?:ma date de naissance|la date de mon anniversaire)`,
    ),
    attributes: 'birthday birth_date',
  },
  {
    asks: among(
      'what (?:\\p{L}+ )?(?:do|did) i (?:really )?(?:like|love|enjoy|prefer)',
      'do i (?:like|love|enjoy|prefer)',
      `${whatIs} my (?:tastes|preferences|hobbies)`,
      "qu'est-ce que (?:j'aime|j'adore|je prefere)|qu'aime-je|que prefere-je|j'aime quoi|je prefere quoi",
      `${quelEst} mes (?:gouts|preferences|loisirs)`,
    ),
    attributes: 'likes prefers dislikes hobby',
  },
  {
    asks: among(
      "what (?:\\p{L}+ )?(?:do|did|can) (?:i|i not) (?:really )?(?:hate|dislike|detest|not like|not stand)|what (?:don't|can't) i (?:like|stand)",
      "qu'est-ce que (?:je n'aime pas|je deteste|j'ai en horreur|je ne supporte pas)|que deteste-je",
    ),
    attributes: 'dislikes avoids',
  },
  {
    asks: among(
      'what am i allergic to|am i allergic',
      "(?:can|may) i eat|what (?:can|may|can't|mustn't) i (?:not )?eat",
      `${whatIs} my (?:allergy|allergies|diet)`,
      'a quoi (?:est-ce que )?(?:je suis|suis-je) allergique|je suis allergique a quoi|suis-je allergique|est-ce que je suis allergique',
      "puis-je manger|est-ce que je (?:peux|dois) (?:pas )?manger|qu'est-ce que je (?:peux|ne peux pas|ne dois pas) manger",
      `${quelEst} (?:mes allergies|mon allergie|mon regime)`,
    ),
    attributes: 'allergy diet avoids',
  },
];

const acts = '(?:do|finish|hand in|submit|deliver|return|prepare|send|complete|write|pay|buy|call|remember|get done|turn in|renew|book)';
const actes =
  '(?:faire|rendre|finir|terminer|envoyer|remettre|preparer|livrer|payer|acheter|appeler|ecrire|deposer|renouveler|reserver|boucler)';

/** Questions for what the person has to do. */
const toDo = among(
  `what (?:must|do|did|should|am|was|have) i (?:still |now |also )?(?:(?:have|need|got|supposed|meant|going|planning) to )?${acts}(?: (?:in|on|by|before|this|next|until|today|tomorrow|tonight|now|soon|for work|still)(?: .*)?)?\\W*$`,
  `${whatIs} (?:my |the )?(?:next |upcoming |coming |open )?(?:deadlines?|tasks?|to-?dos?|to do list|appointments?|due dates?|obligations)(?: (?:in|on|by|before|this|next|until|today|tomorrow|for me)(?: .*)?)?\\W*$`,
  "what(?:'s| is) (?:due|on my (?:list|agenda|plate|calendar))",
  'do i have (?:any |an? |to )?(?:\\p{L}+ )?(?:deadlines?|appointments?|tasks?|meetings?)',
  `when (?:is|are|do i have) (?:my |the )?(?:next )?(?:deadlines?|appointments?)`,
  `(?:qu'est-ce que|que|qu'est-ce qu'|quoi|quels? \\p{L}+|quelles? \\p{L}+) ?(?:je dois|dois-je|ai-je|j'ai|il faut que je|me reste-t-il|il me reste|je devais|devais-je) (?:encore |aussi )?(?:a |absolument )?${actes}(?: (?:en|au|le|d'ici|avant|cette|ce|la|pour (?:le|la|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ce|cette)|demain|aujourd'hui|bientot|encore|cet)(?: .*)?)?\\W*$`,
  `je dois (?:encore )?${actes} quoi`,
  `${quelEst} mes (?:prochaines? |prochains? )?(?:echeances?|taches?|rendez-vous|obligations|delais|dates limites)`,
  "(?:ai-je|est-ce que j'ai|j'ai) (?:un|une|des|encore des) (?:rendez-vous|echeances?|taches?|delais|reunions?)",
);

/** "Who is my manager?", "What is my dog called?", and the same in French: the English name of the relation is the attribute. */
const relations = onceUsed(() => {
  const said = (words: object): string => Object.keys(words).join('|');
  const english = said(englishWords.relations);
  const french = said(frenchWords.relations);
  const forms = [
    `who(?:'s| is| are| was) (?:my|our) (?:\\p{L}+ )?(?<en1>${english})s?`,
    `${whatIs} (?:my|our) (?:\\p{L}+ )?(?<en2>${english})(?:'s|s'|s)? (?:name|names|called)`,
    `${whatIs} the names? of (?:my|our) (?:\\p{L}+ )?(?<en3>${english})s?`,
    `qui (?:est|sont|etait|c'est) (?:mon|ma|mes|notre|nos) (?:\\p{L}+ )?(?<fr1>${french})s?`,
    `comment (?:s'appelle|s'appellent|se nomme|se nomment) (?:mon|ma|mes|notre|nos) (?:\\p{L}+ )?(?<fr2>${french})s?`,
    `${quelEst} le (?:pre)?nom de (?:mon|ma|mes|notre|nos) (?:\\p{L}+ )?(?<fr3>${french})s?`,
    `(?:mon|ma|mes|notre|nos) (?<fr4>${french})s?,? (?:c'est qui|s'appelle(?:nt)? comment|il s'appelle comment|elle s'appelle comment)`,
  ];
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join('|')})(?![\\p{L}\\p{N}])`, 'u');
});

/** Relations for which people use one word or the other. */
const sameRelation = [
  ['boss', 'manager'],
  ['partner', 'husband', 'wife', 'boyfriend', 'girlfriend'],
];

const favourite = lateTest(() => /(?:favou?rite|prefere)/u);
const favouriteOf = /(?<![\p{L}])(?:my favou?rite (?<en>\p{L}+)|(?:mon|ma|mes) (?<fr>\p{L}+) preferee?s?)/u;

/** A longer text tells more than it asks. */
const mostCharacters = 200;

/**
 * Says what a question asks about the person, in English and French: "Where do I live?" asks for `home`. Null for any other text. Such a
 * question is answered by the items that have the attribute, whatever their words: "I moved to Lyon" has none of the question's.
 */
export const askedAbout = (text: string): AskedAbout | null => {
  if (text.length > mostCharacters) return null;
  const plain = plainText(text).replace(/\s+/g, ' ').trim();
  const attributes = forms.filter(({ asks }) => asks.test(plain)).flatMap((form) => form.attributes.split(' '));
  const relation = Object.entries(relations().exec(plain)?.groups ?? {}).find(([, word]) => word !== undefined);
  if (relation) {
    const [group, word] = relation as [string, string];
    const known = group.startsWith('en') ? englishWords.relations : frenchWords.relations;
    const name = known[word] ?? word;
    attributes.push(...(sameRelation.find((names) => names.includes(name)) ?? [name]));
  }
  if (favourite.test(plain) && /\?\W*$/.test(plain)) {
    const { en, fr } = favouriteOf.exec(plain)?.groups ?? {};
    const thing = en ?? fr;
    if (thing !== undefined) attributes.push(`favourite_${thing}`, 'likes', 'prefers');
  }
  const intents = toDo.test(plain);
  return attributes.length === 0 && !intents ? null : { attributes: [...new Set(attributes)], intents };
};
