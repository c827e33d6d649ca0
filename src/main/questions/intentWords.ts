import { fold } from '@shared/text/fold';

/**
 * The words by which a question shows its intent, on folded text with straight apostrophes. English and French stand side by side: a
 * text is tried against both, because short questions do not show their language.
 */

const please =
  "(?:(?:hello|hi|bonjour|dis|alors)[,.!]? )?(?:please,? |(?:can|could|would|will) you (?:please )?|i(?:'m| am) looking for |je (?:re)?cherche |i(?: would like|'d like| want| need)(?: to have| to see)? |s'il (?:te|vous) plait,? |(?:peux|pourrais|veux)-tu |(?:pouvez|pourriez|voulez)-vous |tu peux |vous pouvez |je (?:veux|voudrais|souhaite) |j'aimerais (?:avoir )?|il me faut |il nous faut )?(?:me |nous |m')?(?:(?:tell|dis|dites|dire|say|indiquer?)(?:[- ](?:me|us|moi|nous))? )?";
const give =
  '(?:give|show|find|get|list|provide|display|name|bring|search(?: for)?|look up|pull up|donne[rz]?|montre[rz]?|trouve[rz]?|cherche[rz]?|fourni[rst]\\w*|affiche[rz]?|cite[rz]?|liste[rz]?|enumere[rz]?|sors|indique[rz]?|propose[rz]?)(?:[- ](?:me|us|moi|nous))?';
/** A request for things, which may be only wanted: "I want ten excerpts". */
const wanted = `(?:(?:hello|hi|bonjour)[,.!]? )?${please}(?:${give} )?`;

/** Words for an answer to be put in other words. They need an answer before them. */
export const clarifications =
  /^(?:(?:and|so|et|mais|but|sorry|pardon|desole)[,.]? )?(?:(?:can|could|would) you |please |peux-tu |pouvez-vous |pourrais-tu |pourriez-vous |tu peux )?(?:what do(?:es)? (?:you|that) mean|(?:(?:re-?)?explain|rephrase|reformulate|clarify|simplify|elaborate|say|put|translate|shorten)\b(?:.*\b(?:again|simply|simpler|answer|words|otherwise|precise|it|that|this)\b.*|,? please|)|be (?:more|less) \w+|i (?:do not|don't|did not|didn't) (?:understand|get (?:it|that))\b.*|(?:shorter|simpler|longer|more simply|in short|in (?:plain|simple|other) \w+|en (?:clair|d'autres (?:mots|termes)|(?:termes|mots) simples))\b.*|are you (?:really )?(?:sure|certain)|que (?:veux-tu|voulez-vous) dire|qu'est-ce que (?:ca|cela) veut dire|c'est-a-dire|(?:reformule|clarifie|precise|simplifie|developpe|reexplique|raccourci)[a-z]*\b(?:.*\b(?:reponse|ca|cela|simplement|mots|un peu|davantage)\b.*|)|(?:me |m')?(?:re)?expliqu\w+(?:-moi)? (?:(?:ca|cela|ta reponse|votre reponse) )?(?:plus|encore|mieux|autrement|a nouveau|ta reponse|votre reponse|ca|cela)\b.*|(?:traduis|traduisez|traduire)\b.*\b(?:ca|cela|reponse)\b.*|(?:je|j') ?(?:ne |n'ai )?(?:comprends?|pas compris|saisis)\b.*|soi?s plus .*|soyez plus .*|(?:plus|moins) (?:court|long|simple|precis|simplement|clairement)\w*\b.*|(?:es-tu|tu es|etes-vous|vous etes) (?:vraiment )?(?:sure?s?|certaine?s?))\W*(?:please|stp|svp|s'il (?:te|vous) plait)?\W*$/u;

/** A wish for the words themselves. */
export const verbatim =
  /\b(?:verbatim|word[- ]for[- ]word|exact (?:wording|words|text|quote|quotation)|full (?:text|wording) of|mot (?:pour|a) mot|textuellement|(?:texte|formulation|citation|termes?|libelle) (?:exacte?s?|integrale?|complete?)|a l'identique|in extenso|in its own words|(?:exactly )?as (?:written|it is written|it stands)|tels? quels?|telles? quelles?)(?![\p{L}])|^(?:please )?(?:quote|copy|reproduce|cite)\b.*\b(?:exactly|in full|entirely|literally)\b|\b(?:cite[rz]?|recopie[rz]?|reprodui\w+|copie[rz]?)\b.*\b(?:exactement|en entier|integralement|fidelement|a la lettre)\b|\bquote (?:exactly|literally)\b/u;

/** A wish to the assistant about words of the conversation: "Say again, word for word: ..." asks for no document. */
export const saidAgain =
  /^(?:please |can you |could you |peux-tu |pouvez-vous )*(?:say|repeat|translate|spell|redi[st]\w*|repete\w*|tradui\w*|epele\w*)\b/u;

const sourceNoun = '(?:sources?|passages?|excerpts?|extracts?|references?|citations?|quotes?|quotations?|extraits?)';
export const countWords =
  "a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|a dozen|a couple of|un|une|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|quinze|vingt|une dizaine d'?e?|une douzaine d'?e?";
/** A wish for a number of passages. Groups: the number; what they are about. */
export const sources = [
  new RegExp(
    `^${wanted}(?:me |us )?(?:the |at least |about |around |au moins |environ |les )?(?:(?:best|first|top|meilleure?s|premiere?s) )?(?:(?:\\d{1,2}|${countWords}) (?:or|ou|to|a) )?(\\d{1,2}|${countWords}) ?(?:other |more |different |autres |relevant |good )?${sourceNoun}\\b\\W*(.*)$`,
    'u',
  ),
  new RegExp(`^${sourceNoun} (.*?)\\W*\\b(\\d{1,2})\\W*$`, 'u'),
];

/** Documents as such, whose word says nothing of their content; and kinds of documents, whose words do. */
const anyDocument = '(?:documents?|files?|fichiers?|docs?|sources documents|dossiers?|records?)';
const kindOfDocument =
  '(?:contracts?|contrats?|invoices?|factures?|e-?mails?|mails?|courriels?|letters?|lettres?|courriers?|reports?|rapports?|notes?|papers?|pdfs?|presentations?|spreadsheets?|tableurs?|memos?|comptes[- ]rendus?|minutes|proces[- ]verbaux|certificates?|certificats?|receipts?|recus?|quotes|devis|policies|polices|leases?|baux|judgments?|jugements?|decisions?)';
const documentNoun = `(?:${anyDocument}|${kindOfDocument})`;
const holds =
  "(?:mention\\w*|talk\\w*|contain\\w*|discuss\\w*|deal\\w*|are about|is about|refer\\w*|cite\\w*|speak\\w*|include\\w*|cover\\w*|name|describe\\w*|have|has|do (?:i|we) have|ont (?:une?|des)|treat\\w*|parlent|parle|mentionnent|mentionne|contiennent|contient|traitent|traite|evoquent|evoque|citent|concernent|concerne|portent|porte|comportent|abordent|decrivent|sont|ai-je|avons-nous|j'ai|nous avons|disposons|dont)";
export const listings = [
  // "List all documents about", "trouve tous les contrats avec"
  new RegExp(
    `^${please}(?:${give} )?(?:(?:a |the |la |une )?(?:complete |full )?list(?:e)? (?:of |des |de |d')?)?(?:(?:all|every|each|any|tous|toutes|chaque|the|my|our|les|mes|nos|des|of|de) )+(${documentNoun})\\b(.*)$`,
    'u',
  ),
  // "Which documents mention", "combien de documents traitent"
  new RegExp(
    `^${please}(?:which|what|quels|quelles|how many|combien de|combien d') ?(?:of (?:the|my|our) )?(?:sont (?:les |mes )|are the )?(${documentNoun})\\b,?(?: (?:do|did|have) i have| are there)?\\b(?= ${holds}\\b| (?:about|on|with|from|sur|avec)\\b|\\W*$)(.*)$`,
    'u',
  ),
  // "In which documents is"
  new RegExp(`^(?:in|dans) (?:which|what|quels|quelles) (${documentNoun})\\b(.*)$`, 'u'),
  // "Are there any documents about"
  new RegExp(
    `^(?:are there(?: any)?|is there an?|do (?:i|we) have(?: any| an?)?|avons-nous|y a-t-il|est-ce qu'il y a|ai-je|existe-t-il) ?(?:des |any |d'autres |une? )?(${documentNoun})\\b(.*)$`,
    'u',
  ),
  // "Give me a list of all reports on"
  new RegExp(
    `^${please}${give} (?:(?:a|the|la|une) )?liste? (?:of |des |de |d')(?:all |every |tous les |toutes les |the |les )?(${documentNoun})\\b(.*)$`,
    'u',
  ),
];
export const isAnyDocument = new RegExp(`^${anyDocument}$`, 'u');
/** One document, where no word says that all are meant. */
export const isSingular =
  /^(?:document|file|fichier|doc|record|dossier|contract|contrat|invoice|facture|e-?mail|mail|courriel|letter|lettre|courrier|report|rapport|note|paper|pdf|presentation|spreadsheet|tableur|memo|compte[- ]rendu|certificate|certificat|receipt|recu|lease|judgment|jugement|decision)$/u;
/** Words between the documents and what they are about. */
export const joining =
  /^(?:[\s,:-]*(?:do i have|ai-je|avons-nous|j'ai|nous avons|that|which|who|where|in which|qui|que|ou|dont|dans lesquels?|dans lesquelles?|i have|is|are|il est|est-il|sont|est|there|question|apparait|appears?|parlent|parle|speak\w*|talk\w*|mention\w*|mentionnent|contain\w*|contiennent|contient|hold\w*|discuss\w*|deal\w*|traitent|traite|refer\w*|cite\w*|citent|include\w*|cover\w*|have|has|concern\w*|evoquent|portent|porte|abordent|about|on|of|with|regarding|from|by|for|to|in|sur|avec|de|du|des|d'|a|au|aux|par|pour|l'|la|le|les|the|any|some|un|une|en)(?=[\s'’,:-]|$)|(?:[dl]|qu)'|[\s,:-]+)+/u;

/** Two things that are set against each other. Groups: the two. */
export const comparisons = [
  /^(?:please |peux-tu |pouvez-vous |can you |could you )?(?:compare|comparer|comparez|comparons|contrast)\s+(.+?)\s+(?:and|with|to|against|et|avec|a)\s+(.+)$/u,
  /\b(?:differences?|distinctions?|similarit(?:y|ies)|similitudes?|points communs|comparaison|comparison|commonalities)\b[^?]{0,24}?\b(?:between|entre)\s+(.+?)\s+(?:and|et)\s+(.+)$/u,
  /^differences? (?:between )?(.+?)\s+(?:and|et)\s+(.+)$/u,
  /\bhow (?:do|does|did|is|are) (.+?) (?:differ|different) from (.+)$/u,
  /\b(?:en quoi|comment) (.+?) (?:differe|different|est-il different|est-elle differente|se distingue)(?:nt)?(?:-t-(?:il|elle))? d(?:e |u |es |')(.+)$/u,
  /\b(?:qu'est-ce qui|ce qui) (?:distingue|differencie|separe) (.+?) d(?:e |u |es |')(.+)$/u,
  /\bhow (?:do|does|did) (.+?) compare (?:with|to|against) (.+)$/u,
  /\bin what way (?:is|are) (.+?) different from (.+)$/u,
  /^(?:which|what|who|lequel|laquelle|lesquels|qui|quel \p{L}+|quelle \p{L}+) (?:one |of them )?(?:is|are|was|has|costs?|lasts?|est|sont|a|coute|dure)\b[^,:]{0,60}[,:] (.+?) (?:or|ou) (.+)$/u,
  /^mets? (?:en regard|cote a cote|face a face) (.+?) (?:et|avec|and) (.+)$/u,
  /\bin common[,:]? (.+?) (?:and|et) (.+)$/u,
  /^(.+?) (?:versus|vs\.?|contre|compared (?:to|with)|par rapport a) (.+)$/u,
];

const thing =
  '(?:document|file|paper|report|text|book|contract|article|fichier|rapport|texte|livre|contrat|memoire|these|thesis|manual|manuel|note|dossier|presentation|pdf)';
/** The whole of one document. Groups: its name. */
export const wholeDocument = [
  new RegExp(`^${please}(?:summari[sz]e|sum up|tl;? ?dr(?: of)?:?|outline(?: the main points of)?|condense)\\s+(.+)$`, 'u'),
  new RegExp(
    `^${please}(?:(?:give|write|make|provide|prepare|draft|create)(?: me| us)? )?(?:an? |the )?(?:short |brief |detailed |executive |complete |quick )*(?:summary|overview|synopsis|abstract|digest|gist|essence) of\\s+(.+)$`,
    'u',
  ),
  new RegExp(`^${please}(?:resume[rz]?|resumons|synthetise[rz]?|condense[rz]?)(?:-(?:moi|nous))?\\s+(.+)$`, 'u'),
  new RegExp(
    `^${please}(?:(?:fai[st]|faites|faire|donne[rz]?|ecri[st]|ecrivez|redige[rz]?|prepare[rz]?|propose[rz]?)(?:[- ](?:moi|nous))? )?(?:une? |le |la |l'|les )?(?:bref |breve |court |courte |petit |petite )?(?:resume|synthese|apercu|vue d'ensemble|grandes lignes|essentiel|points (?:cles|essentiels)) (?:de |du |des |d')(.+)$`,
    'u',
  ),
  new RegExp(`^(?:what is|what's) (th(?:is|e) ${thing}(?: \\S+){0,3}) about\\W*$`, 'u'),
  new RegExp(`^de quoi (?:parle|traite|est-il question dans) ((?:ce|cet|cette|le|la|l') ?${thing}\\b.*)$`, 'u'),
  new RegExp(
    `^(?:what are|quels sont|quelles sont)\\b.*\\b(?:key|main|cles|essentiels|principaux|principales|grandes)\\b.*\\b(?:of|de|du) ((?:this|ce|cet|cette) ?${thing}\\b.*)$`,
    'u',
  ),
  new RegExp(`^(?:what(?:'s| is) in|qu'est-ce qu'il y a dans|qu'y a-t-il dans|que contient) ((?:this|ce|cet|cette) ${thing})\\W*$`, 'u'),
  new RegExp(`^${please}(?:read|lis|lisez|lire) (?:the whole|all of|tout|toute|entire|l'ensemble d[eu])\\s+(.+)$`, 'u'),
];
/** The document at hand, without a name. */
export const thisDocument = new RegExp(
  `^(?:l'ensemble (?:de |du )|(?:the )?whole |tout )?(?:this|that|it|the|ce|cet|cette|le|la|l'|ca|cela|mon|my) ?(?:whole |entire |present )?(?:${thing}|document)?(?: (?:entier|entiere|ci-joint|joint|above|please|for me))?\\W*(?:(?:in|en) .{1,30})?$`,
  'u',
);

const anyThing = new RegExp(`\\b${thing}s?\\b`, 'u');
/** True for a text with a word for a document: "summarise this contract", and not "summarise this". */
export const namesDocument = (text: string): boolean => anyThing.test(fold(text));

/** Beginnings that lean on the question before. */
export const leaning =
  /^(?:(?:and|et|but|mais|so|alors|ok|then|or)\b(?! (?:what|who|when|where|which|how|quel|comment|quand)\w* .{24,})|what about|how about|qu'en est-il|quid|what if|et si|why\b\W*(?:not)?\W*$|pourquoi\b\W*(?:pas)?\W*$|how so|comment (?:ca|cela)|when\W*$|quand\W*$|who\W*$|qui\W*$|where\W*$|since when\b|depuis quand\W*$|which ones?\b|lequel\b|laquelle\b|lesquel\w*\b|tell me more|more about|dis-m'en|dites-m'en|plus de details|more details|go on|continue|dans ce cas|in that case|same for|pareil pour|the (?:first|second|third|last|other) one|l(?:e|a) (?:premier|premiere|second|seconde|deuxieme|troisieme|dernier|derniere|autre)\W*$)/u;
/** Pronouns without a noun of their own in the question. */
export const pronouns =
  /\b(?:it|they|them|he|she|him|its|their|theirs|these|those|il|elle|ils|elles|cela|ca|celui-ci|celle-ci|ceux-ci|celles-ci|celui-la|celle-la|eux|leur|lui)\b|\b(?:this|that)\b(?=\W*$| (?:also|true|apply|work|mean|one|still|so)\b)|\bl'(?:a|ai|as|avez|avons|ont|avait)\b|\bc'est\b(?=\W*$)/u;
/** Pronouns that stand for nothing. */
export const impersonal =
  /\b(?:est-il|il est|is it|it is|it's|il serait|serait-il|would it be) (?:permis|possible|necessaire|interdit|obligatoire|vrai|utile|legal|recommande|conseille|prevu|allowed|true|necessary|forbidden|possible|compulsory|recommended|better|safe|useful|important)\w*\b|\b(?:il (?:y a|faut|s'agit|pleut|fait|convient|existe|suffit)|y a-t-il|faut-il|s'agit-il|existe-t-il|convient-il|est-ce qu'il y a|it (?:rains|takes))\b/gu;
