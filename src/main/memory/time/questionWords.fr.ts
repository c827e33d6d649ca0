import type { QuestionWords } from './questionWords';

const adverbs =
  '(?:(?:deja|jamais|bien|encore|vraiment|aussi|recemment|dernierement|souvent|toujours|tous|toutes|tout|pas|plus|surtout|finalement|ensemble|fini par|un peu|beaucoup|longuement|d abord|exactement|mutuellement) )*';
/** Small pronouns before the verb. */
const pronouns = '(?:(?:m|t|l|s|me|te|se|nous|vous|en|y|le|la|les|lui|leur) )*';
const ending = '(?:e|es|ee|ees|er|ez)?';
/** Past participles of talking and deciding together, also misspelt as infinitives. */
const talk = `(?:(?:re)?(?:parl|discut|mentionn|evoqu|abord|racont|demand|expliqu|conseill|recommand|propos|sugger|precis|not|cit|planifi|echang|signal|confi|trait|valid|tranch|caus|bavard|indiqu|affirm|donn|envoy|montr|fil|pass|deconseill|critiqu|rappel|revel|confirm|arret|decid|fix|list|decrit|debattu|debatt|papot|rabach|pos)${ending}|(?:re)?dit(?:e|es|s)?|decidees?|convenue?s?|conclue?s?|repondue?s?|promise?s?|prevue?s?|choisie?s?|decrit(?:e|es)?|mise?s? d accord|plainte?s?|plaind(?:re)?|fait le point|tombes? d accord|debattu|prit?s? (?:comme|la) decisions?|fait part|ecrit a toi|vue?s?|fait un point|parler)`;
const imperfect = '(?:parl|discut|dis|evoqu|caus|bavard|mentionn|racont|debatt|decid|expliqu|demand)';
const conversations = '(?:conversations?|discussions?|echanges?|chats?|messages?|conv|convs|sessions?|entretiens? avec toi)';
const people =
  '(?:mere|maman|pere|papa|fils|fille|femme|mari|conjoint|compagne|compagnon|copine|copain|soeur|frere|patron|patronne|chef|cheffe|ami|amie|collegue|cousin|cousine|tante|oncle|grand mere|grand pere|enfants?|parents|chat|chien|bebe)';

/** How people ask about the past in French. */
export const frenchQuestions: QuestionWords = {
  askedTalk: new RegExp(
    `\\b(?:avons|avions|sommes|etions) nous ${adverbs}${talk}\\b|\\b(?:ai|avais|suis|etais|m etais|me suis) je ${adverbs}${talk}\\b|\\b(?:a|avait|s est|s etait|est) t? ?on ${adverbs}${talk}\\b|\\b${imperfect}(?:ions nous|ais je|ait on)\\b|\\ba t il (?:deja )?ete question\\b|\\bil a (?:deja )?ete question\\b`,
  ),
  toldTalk: new RegExp(
    `(?<!\\bt )\\b(?:on|nous|qu ?on) ?(?:n )?${pronouns}(?:a|avait|avons|avions|est|etait|sest|setait|sommes) ${adverbs}${pronouns}${adverbs}${talk}\\b|\\b(?:on|nous|qu ?on) ${pronouns}${imperfect}(?:ait|ions)\\b|\\b(?:j|je|jt) ?${pronouns}(?:ai|avais|tai|tavais|lai|suis|etais) ${adverbs}${talk}\\b|\\bj(?:ai|avais) ${adverbs}${talk}\\b|\\b(?:je t|je te|jt) ?(?:ai|avais) (?:deja |bien )?(?:ecrit|ecris|transmis|soumis|fait lire)\\b|\\bje ${pronouns}${imperfect}ais\\b|\\b(?:je|j) (?:n )?${pronouns}(?:ai|avais) (?:pas )?parle\\b|\\btu ${pronouns}(?:as|avais|a|ma|mas|mavais|nous as) ${adverbs}(?:${talk}|(?:re)?trouvee?s?|calculee?s?|fait|faite)\\b`,
  ),
  usualTalk: new RegExp(
    `\\b(?:combien de fois|a quelle frequence|souvent)\\b.*\\b(?:je|on|nous) ${pronouns}(?:parl|discut|mentionn|evoqu|abord)(?:e|ons)\\b|\\best ce qu(?:e je| ?on|e nous) ${pronouns}(?:parl|discut|mentionn|evoqu|abord)(?:e|ons)\\b.*\\bdepuis\\b|\\b(?:parl|discut|mentionn|evoqu|abord)(?:ons nous|e je|e t on)\\b`,
  ),
  askedAnswer: new RegExp(
    `\\b(?:m |nous |m en |me l )(?:as|avais) tu ${adverbs}(?:${talk}|donne|appris|ecrit|montre)\\b|\\b(?:as|avais) tu ${adverbs}${talk}\\b`,
  ),
  passiveTalk:
    /\b(?:a|ont|avait|avaient|a t il|a t elle) (?:deja )?ete (?:dite?s?|decidee?s?|evoquee?s?|mentionnee?s?|abordee?s?|discutee?s?|convenue?s?|conclue?s?)\b(?!.* (?:par|a la|au parlement|par le|dans le|a l assemblee))/,
  ownConversation: new RegExp(
    `\\b(?:notre|nos) (?:\\w+ ){0,2}(?:${conversations}|decisions?|conclusions?)\\b|\\b(?:ma|mes|mon) (?:\\w+ ){0,2}(?:${conversations}) (?:avec toi|d|de|du)\\b|\\b(?:ta|tes|ton) (?:\\w+ ){0,1}(?:reponses?|conseils?|suggestions?|recommandations?|explications?|propositions?)\\b|\\b(?:ma|mes) (?:premieres?|dernieres?) (?:questions?|demandes?)\\b|\\b(?:derniere|premiere|precedente) (?:conversation|discussion)\\b(?! avec (?!toi))|\\b(?:conversation|discussion) (?:la plus recente|precedente)\\b|\\b(?:la )?(?:derniere|premiere) fois qu ?(?:on|e nous|e je|e j) .*(?:${talk})\\b`,
  ),
  conversation: new RegExp(`\\b${conversations}\\b(?!.* avec (?!toi))`),
  ownWriting: /\b(?:mes|ma|nos|tes|ta|toutes les) (?:\w+ )?(?:questions?|reponses?|demandes?)\b/,
  askedPast:
    /\b(?:ai|avais|etais|suis|m etais|me suis) je\b(?! (?:pas )?(?:besoin|le droit|droit|raison|tort|envie|acces|interet|l obligation|pour|jusqu|a (?:payer|faire|remplir)))|\b(?!(?:vais|fais|sais|dois|connais)\b)\w+(?<!er|ir|aur|ser|dr|vr|tr|ur)ais je\b|\b(?:avons|avions|etions|sommes) nous\b|\b\w+(?<!er|ir|aur|dr|vr|tr|ur)ions nous\b/,
  toldPast:
    /\b(?:j ?|je (?:n )?(?:\w{1,4} )?)(?:ai|avais|etais|habitais|allais)\b(?! (?:besoin|envie) de \w+er\b)|\b(?:je|me) suis (?:ne|nee|alle|allee|parti|partie|venu|venue|reste|restee|arrive|arrivee|entre|entree|rentre|rentree|sorti|sortie|tombe|tombee|devenu|devenue|passe|passee|inscrit|inscrite|mis|mise|marie|mariee|installe|installee|retrouve|leve|couche|senti|sentie|reveille|\w+e|\w+ee)\b|\bje (?:(?:m|me|t|te|l|le|la|les|y|en|n|lui) )*(?!(?:vais|fais|sais|connais|aimerais|voudrais|souhaiterais|pourrais|devrais|serais)\b)\w+(?<!er|ir|aur|ser|dr|vr|tr|ur)ais\b|\bj (?:(?:y|en) )?(?!aim)[aeiouhy]\w+(?<!er|ir|aur|ser|dr|vr|tr|ur)ais\b|(?<!\bt )\b(?:on|nous) (?:(?:s|y|en|l|n) )*(?:a|avait|est|etait|avons|avions|sommes|etions) (?:(?:deja|pas|tous|encore|bien) )*(?!(?:en train|le droit|besoin)\b)\w+(?:e|es|i|is|u|us|t|ee|ees|er)\b|\b(?:j|je) ?(?:\w{1,2} )?(?:ai|suis) (?!sur\b)\w+|(?<!\bt )\b(?:on|nous) (?:(?:s|y|en|l|n) )*(?:\w+(?<!r)ait|\w+(?<!r)ions)\b/,
  untilNow:
    /\bdepuis (?:quand|(?:combien|cb) de temps)\b.*\b(?:je|j|on|nous)\b|\b(?:je|j|on|nous)\b.*\bdepuis (?:quand|combien de temps)\b|\b(?:ai|avons|avais) (?:je|nous)\b(?! pour\b)/,
  toPerson: /\b(?:m|me|moi|nous|conseill\w*|recommand\w*|sugger\w*|propos\w*)\b/,
  why: /^(?:et |mais |alors )?pourquoi\b/,
  filler: /\b(?:en|le|la|l|et|alors|au|du|de|pendant|durant|courant|vers|bon|ok|a|dans|donc|mais|salut|bonjour)\b/g,
  ownPeople: new RegExp(
    `\\b(?:ma|mon|mes) (?:\\w+ )?${people} (?:(?:m|s|l|est|etait|a|avait|ont|avaient|sont)(?: (?:a|est|ont))? )(?:t (?:il|elle) )?\\w+|^(?:que|qu|quand|combien|ou|comment|qu est ce que?) .*\\b(?:m|nous) (?:a|avait|ont|avaient)\\b`,
  ),
  ownThen:
    /\b(?:etait|etaient|allait|allaient) (?:mon|ma|mes) (?!(?:contrat|bail|fichier|rapport|compte|facture|commande|solde|abonnement)\b)\w+|\bce qui (?:m|me|nous) (?:est|a|avait|etait|\w+(?<!r)ait)\b/,
  ofOthers:
    /^(?:et )?qui (?:a|avait|ont|est|etait) (?!t )(?!ete\b)\w+ (?:le|la|les|l|un|une)\b|\b(?:puis je|peut on|peux je|pouvons nous|dois je|doit on|devons nous|faut il|il faut|devrais je|pourrais je|est ce que (?:je|on) (?:peux|peut|dois|doit|devrais|pourrais)|est il|est ce (?:normal|grave|legal|possible))\b|\ba lieu\b|\bse (?:tient|deroule)\b|^(?:dis moi |explique moi )?(?:comment|que|quoi) (?!avoir)\w+(?:er|ir|re)\b/,
  relative:
    /\b(?:decisions?|choses?|tout|sujets?|projets?|choix|promesses?|idees?|fois|questions?|lieux|gens|livres?|films?) (?:que|qu|ou)\b|\b(?:ce|celui|celle) (?:que|qu|dont|a quoi|sur quoi)\b|\b(?:dont|quand|ou)\b/,
  impersonalPast: /\b(?:a|avait|est) t? ?on\b/,
  worldly:
    /\b(?:on|nous)\b.* (?:decouvert|invente|marche sur|aboli|gagne la|perdu la|conquis|envoye (?:un|une|le) (?:homme|sonde|fusee)|construit (?:la|le|les)|cesse d|commence a (?:utiliser|ecrire|cultiver)|colonise|decode|vaccine)|\b(?:l homme|les hommes|l humanite)\b/,
  document:
    /\b(?:dans|de|du|sur|selon|d apres|depuis) (?:ce|cet|cette|le|la|les|l|mon|notre|ces|mes)? ?(?:\w+ )?(?:fichiers?|documents?|pdf|contrat|rapport|compte rendu|proces verbal|bail|article|texte|tableur|tableau|page|chapitre|livre|papier|transcription|extrait|section|code|depot|journal|roman|histoire|film|facture|lettre|mail) ?(?:\b)(?!.*(?:parl|dit))|\bci joint|\bdu contrat\b/,
  source: /\b(?:selon|d apres) (?!toi\b|moi\b)/,
  interrogative:
    /\b(?:quand|quoi|qu ?est ce|qui|comment|pourquoi|combien|quel|quels|quelle|quelles|lequel|laquelle|lesquels|lesquelles|kan|koi|kes\w*)\b|^(?:et |alors |bon |donc )?(?:que|qu|a quoi|de quoi|ou)\b|\bou (?:est ce|j|je|etais|ai je|on|ca|deja)\b|\bou$|\best ce que\b/,
  openQuestion:
    /^(?:(?:et|alors|bon|donc|mais|en|le|la|au|du|heu|euh|dis|pour|pendant) )*(?:quand|quoi|qu ?est ce|qui|comment|pourquoi|combien|cb|quel\w*|lequel|laquelle|que|qu|ou|depuis quand|depuis combien|depuis cb|(?:a|de|sur|avec|dans|en|pour|chez|par) (?:quel\w*|quoi|qui|combien)|est ce|kes\w*|kan|ca (?:fait|remonte))\b|(?<!\b(?:ce|pas|sais|comprends|sait|comme|n importe|je ne sais) )\b(?:quoi|koi|combien|quels?|quelles?|lequel|laquelle|lesquels?|(?:avec|de|a|pour|chez) qui)\b|\b(?:ou|quand|comment)(?: deja)?(?: (?:en|le|au|a|la|l))*$|\best ce qu\w*\b|\bc (?:est|etait) quand\b/,
  fragment: /^(?:(?:la|ma|notre) )?(?:derniere|premiere) (?:fois|conversation|discussion)\b/,
  subordinate:
    /(?<!\b(?:jusqu a|depuis|de) )\b(?:quand|lorsque|lorsqu|si|s|pendant que|pendant qu|parce que|parce qu|puisque|comme|alors que)(?: \w+)? $/,
  request:
    /^(?:(?:s il te plait|stp|svp|bonjour|salut|ok|bon|alors|et|donc|mais) )*(?:(?:peux|pourrais) tu |tu (?:peux|pourrais) )?(?:(?:me|m|nous) )?(?:re)?(?:montr|trouv|cherch|list|resum|recapitul|donn|cit|ressor|affich)(?:e|er|ons|s)?\b|^(?:tout ce (?:que|qu|dont)|recap|quid|reviens|revenons|ressors|retrouve\w*|fais (?:moi |nous )?(?:un|le|la) (?:resume|point|recap|bilan|liste|chronologie|synthese))\b|\b(?:(?:une|aucune|pas d) idee|rappelle(?:s|r|z)? ?(?:moi|nous)|rapelle moi|(?:me|nous) rappeler|dis (?:moi|nous)|(?:raconte|decris|explique) (?:moi|nous)|(?:me|nous) (?:re)?dire|redis|redonne|remontre|faire (?:un|le|la) (?:resume|point|recap|bilan|liste|chronologie|synthese)|fais moi (?:un|le|la)|tu te (?:souviens|rappelles)|te (?:souviens|rappelles) tu|souviens toi|tu souviens|me souviens (?:plus|pas)|me rappelle (?:plus|pas)|sais plus|j ?ai oublie|(?:j aimerais|je veux|je voudrais|je cherche a) (?:savoir|revoir|voir|relire|retrouver)|(?:peux tu|tu peux|pourrais tu|tu pourrais) (?:me |m |nous )?(?:le |la |les )?(?:re\w+|montrer|trouver|chercher|lister|donner|citer|dire)|sais tu|tu sais)\b/,
  task: /^(?:(?:s il te plait|stp|svp|bonjour|salut|ok|bon|alors|et|donc|puis|maintenant) )*(?:(?:peux|pourrais|pouvez|pourriez|veux) (?:tu|vous) (?:me |m |nous |lui )?)?(?:aide moi a )?(?:ecris|ecrire|redige|rediger|traduis|traduire|corrige|corriger|reformule|reformuler|planifie|planifier|organise|organiser|cree|creer|genere|generer|compose|composer|convertis|ajoute|ajouter|reserve|reserver|envoie|envoyer|prepare|preparer|code|calcule|calculer|suppose|imagine|imaginons|supposons|ameliore|mets|mettre|continue|utilise|programme|rappelle moi (?:de|d|demain|dans|la semaine prochaine|\w+ prochain|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?:de|d))|comment (?:dit|ecrit|traduit|dire|traduire|ecrire)|que (?:veut|signifie)|relis|reecris|reecrire|relire|paraphraser|resumer ce texte|je (?:vais|veux|voudrais|voulais) te (?:raconter|dire|parler)|laisse moi te|paraphrase|propose)\b/,
  account:
    /\b(?:resume|recap|recapitulatif|liste|chronologie|bilan|synthese|compte rendu)\b.{0,40}\b(?:ce qu|ce que|tout|nos|notre|conversations?|discussions?|echanges?|decisions?)\b/,
  pointing:
    /^(?:et )?(?:lequel|laquelle|lesquels|lesquelles)|\bc etait (?:quoi|quand|lequel|laquelle|ou|qui|comment|combien|lesquels)\b|\b(?:quel|quelle|quels|quelles|quand|ou|comment|qui|combien)\b.*\b(?:etait|etaient|s appelait|s appelaient)\b.*\b(?:il|elle|ils|elles|c|ce|son|sa|ses|leur|leurs|deja)\b|\bc etait\b|\bquoi deja\b|\bde quoi (?:s agissait|il s agissait)\b|\b(?:comment|quel) (?:il |elle )?s appelait\b|^(?:quoi|qui|ou|quand|combien)(?: deja)?$|\bqu est ce que c etait\b|\bquel etait son\b|\b(?:peux tu|tu peux|pourrais tu|tu pourrais) (?:(?:me|m|nous) )?(?:(?:le|la|les|l|en) )?(?:re\w+|montrer|donner|dire|citer|chercher)\b/,
  tag: /^(?:non|oui|pas vrai|n est ce pas|hein|c est ca|si|ou pas|ou non|d accord|exact)$/,
  bareRequest:
    /\b(?:que s est il passe|qu est ce qui s est passe|quoi de neuf|resume|recap|recapitule|bilan|chronologie|ma semaine|ma journee|quid)\b/,
  small:
    /\b(?:un|une|le|la|les|l|de|d|du|des|pour|en|a|au|moi|me|m|s il te plait|stp|fais|donne|peux|tu|que|qu|s|est|il|passe|ce|qui|s est|quoi|neuf|resume|recap|recapitule|bilan|chronologie|ma|mon|mes|semaine|journee|mois|annee|quid|et|alors|a|change|ont|entre|nous|tout|exactement|depuis|faire|c|different|dans|sur|mes)\b/g,
  ownThing:
    /\b(?:je|j|moi|mon|ma|mes|nos|notre|nous|plans?|projets?|avis|opinion|situation|budget|decisions?|humeur|objectifs?|priorites|preferences|vie|planning|choses)\b/g,
  ownChange: /\b(?:mon|ma|mes|notre|nos)\b.*\bchange|\bchange .*\b(?:mon|ma|mes|notre|nos)\b/,
  kinds: [
    [/\b(?:a|ont|avait|est ce que ca a) (?:deja )?change\b|\bchange (?:entre|depuis)\b/, 'changes'],
    [/\b(?:combien de (?:fois|conversations|discussions|messages)|quelle frequence|cb de fois)\b/, 'count'],
    [
      /\b(?:depuis|jusqu a) (?:quand|combien de temps|cb de temps)\b|(?<!y a )(?<!fait )\bcombien (?:de|d) (?:temps|heures|jours|nuits|semaines|mois|ans|annees)\b/,
      'duration',
    ],
    [
      /\bpremiere fois\b|\bpremi(?:er|ere)s? (?!trimestre|semestre|janvier|mai|mars)\w+ (?:que|qu|dont)\b|\bmon premier\b|\b(?:notre|nos|ma) premieres?\b/,
      'first',
    ],
    [
      /\bderniere fois\b|\b(?:dernier|derniere)s? (?!semaine|mois|annee|jour|an\b|trimestre|nuit|temps)\w+ (?:que|qu|dont)\b|\bmes? derniere?s? \w+ (?:avec toi|a toi)\b/,
      'last',
    ],
    [
      /\b(?:quand|quel jour|quelle date|quel moment|quelle annee|quel mois|quelle heure|quelle semaine|la date|(?:y a|fait) combien (?:de|d) \w+|kan)\b/,
      'when',
    ],
  ],
  timeWord:
    /\b(?:deja|jamais|avant|auparavant|autrefois|recemment|dernierement|jusqu ici|jusqu a present|a l epoque|avant (?:que|de|d)|l autre (?:jour|fois|soir)|tout a l heure|(?:quand|lorsque) (?:j|on) ?(?:etais|etait|habitais|avais|travaillais))\b/,
  topicBefore: /(?:^| )(?:de|d|du|des|sur|concernant|pour|a propos de|vers)(?: la| le| l| les)? $/,
  conversationBefore: new RegExp(
    `\\b(?:${conversations}|questions?|reponses?|conseils?|suggestions?|decisions?|sujets?|recap|resume|recapitulatif|chronologie|bilan|historique|propositions?|idees|choses|jours?|moments?|soirs?|matins?|fois)(?: (?:qu on a eue?s?|avec toi))? (?:de|d|du|des)(?: la| le| l)? $|\\b(?:au cours|lors) (?:de|du|d)(?: la| le| l)? $|\\bce (?:de|du) $`,
  ),
  topicAfter: /^ (?:prochaine?|prochains)\b/,
  saidThat: new RegExp(`\\b${talk}(?: (?!ce\\b)\\w+)? (?:que|qu)(?: (?!est ce)\\w)`),
  planned:
    /\b(?:decid\w+|convenue?s?|prevue?s?|promise?s?|propos\w+|conseill\w+|demand\w+|recommand\w+|sugger\w+|choisie?s?) (?:de |d )?\w+(?:er|ir|re|oir)\b/,
};
