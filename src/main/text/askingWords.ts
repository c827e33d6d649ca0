/** The beginnings of questions on folded text with straight apostrophes, also without a question mark. */
export const questionStarts = {
  en: /^(?:and |but |so )?(?:who|what|whose|which|where|why|how|when (?:do|does|did|is|was|will|are|should|can)|(?:do|does|did|is|are|am|can|could|would|should|will|shall|have|has|was|were) (?:you|i|we|they|he|she|it|there|this|that|the|my|our|\p{L}+ (?:work|live|like)))\b/u,
  fr: /^(?:et |mais |alors )?(?:qui|que|qu'est|quoi|quel|quelle|quels|quelles|lequel|laquelle|ou|comment|pourquoi|combien|quand (?:est|dois|vais)|est-ce|est-il|est-elle|sais-tu|savez-vous|peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|connais-tu|as-tu|avez-vous|es-tu|penses-tu|dois-je|puis-je|ai-je|suis-je|faut-il|y a-t-il)\b/,
} as const;

/** Requests for an answer. "Remind me to", "rappelle-moi de" ask for a deed at a time and say something of the person. */
export const requestStarts =
  /^(?:can you |could you |please |peux-tu |pourrais-tu |tu peux )?(?:(?:tell|remind|give|show|explain to) (?:me|us)(?! (?:to|that)\b)|explain\b|(?:rappelle|dis|redis|donne|explique|montre|rappelez|dites|redites|donnez|expliquez|montrez|rappeler?|dire|redire|expliquer)[- ](?:moi|nous)\b(?! (?:de \p{L}+r|d'\p{L}+r|que)\b)|(?:c'est|c'etait) (?:quoi|qui|quand|ou|combien|lequel|laquelle)\b)/u;

/** A polite word or an address, which neither asks nor says anything. */
export const emptyWords =
  /^(?:(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|merci|thanks|thank you|please|svp|stp|s'il (?:te|vous) plait|ok|okay|bon|alors|so|well|and|et|dis|dis-moi|au fait|by the way|again|deja|encore une fois|d'avance|in advance|beaucoup|a lot)\W*)+$/;

/** Signs of a statement within a question: a clause with a subject, a reason, a relative clause about somebody. */
export const clauseSubject =
  /(?:^|[\s'-])(?:je|j'|tu|il|elle|nous|on|ils|elles|c'est|i|i'm|i've|we|we're|he|she|they|it|it's|there|is|are|was|were|has|have)(?=[\s']|$)/;
export const saysWithin =
  /\b(?:because|given that|parce qu|puisqu|sachant qu|vu qu|etant donne)|\b(?:my|our|mon|ma|mes|notre|nos|an?|une?) (?:\p{L}+ ){1,3}(?:qui|who|dont) \S+ \S+/u;

/** Questions about the person's own earlier questions; "I have a question" is none. */
export const asksForQuestions =
  /\b(?:i|we)\b(?:'ve|'d)?(?: \p{L}+){0,2} (?:ask(?:ed)?|inquired?|enquired?)\b|\b(?:i|me|my|our|we|je|j'|me|ma|mes|nos|t'|te|vous|on)\b.*(?<!\b(?:an?|another|quick|simple|une|autre|petite|derniere) )\bquestions?\b|(?<!\b(?:une|petite) )\bquestions?\b.*\b(?:i|we|je|j'|t'ai)\b|(?:\b(?:ai|avais|avons|avions|a)\b|'ai)(?:[- ](?:je|nous|t-on|on))?(?: \p{L}+){0,2} (?:re)?demandee?s?\b|\b(?:demandais|demandions|interroge)\b/u;

/** Folded words that say of a question that it was asked, and nothing of its subject. */
export const wordsOfAsking: ReadonlySet<string> = new Set(
  'question questions ask asked asking inquire inquired pose posee posees poser posais demande demandee demandees demander demandais redemande'.split(
    ' ',
  ),
);

/** Answers that say nothing but that nothing is known. */
export const nothingKnown =
  /\b(?:je|j') ?(?:l'ignore\b|ignore\b|(?:ne |n')(?:l'|le |la |les |en |y |m'en |me )?(?:\p{L}+ )?(?:sais|connais|trouve|retrouve|dispose|ai|vois|souviens|possede)\b.{0,24}\b(?:pas|aucune?|rien|jamais|plus)\b)|\b(?:vous|tu) (?:ne |n')(?:me |m'|l'|me l'|m'en |l'avez |en )?.{0,16}\b(?:pas|jamais|rien)\b|\brien n'a ete trouve|\baucune (?:information|trace|mention)\b|\bi (?:still )?(?:(?:do not|don't|did not|didn't|can't|cannot|could not|couldn't) (?:\p{L}+ )?(?:know|have|recall|remember|find|see)\b|(?:have|found|see) (?:no|nothing|not any)\b)|\bi(?:'m| am) not sure\b|\byou (?:have not|haven't|have never|did not|didn't|never) (?:\p{L}+ )?(?:tell|told|say|said|mention|mentioned|give|given|share|shared)\b|\bthere (?:is|was) nothing (?:about|on|in)\b|\bfound nothing\b|\bnothing was found\b|\bno (?:information|record|mention|trace)\b/u;

/** Words by which an answer says that it knows nothing, where it has no other words than these and those of the question. */
export const ignorance =
  /\b(?:sorry|unknown|unable|unfortunately|afraid|unsure|idea|desolee?|malheureusement|idee|ignore|inconnue?s?|impossible|manque|nulle|jamais|never|rien|nothing|aucune?|pas|not|isn't|hasn't|haven't|wasn't|can't|cannot|couldn't|don't|didn't|tell me|dire)\b/;
const stock =
  'sorry unknown unable unfortunately afraid unsure idea know known knowing have find found see seen tell told say said saying mention mentioned share shared give given come came up far yet past conversation conversations chat chats memory message messages information info detail details record records note noted point subject topic help answer remember recall anywhere nothing never clue part size name date price number place desole desolee malheureusement idee ignore inconnu inconnue impossible manque nulle part jamais rien sais savoir connais connaitre trouve trouver retrouve dispose apparait indique indiquee indication precise precisee precision mentionne mentionnee dit dire parle donne donnee echange echanges conversation conversations memoire message messages information informations sujet point moment toujours encore element trace nom date prix numero question reponse';
export const stockOfIgnorance: ReadonlySet<string> = new Set(stock.split(' '));
