import { questionStarts } from '@main/text/askingWords';
import { frenchTime } from '../../time/timeWords.fr';
import { frenchComing } from './coming.fr';
import { frenchRules } from './rules.fr';
import type { RuleWords } from './ruleWords';

const relations =
  'sœur:sister soeur:sister frere:brother femme:wife epouse:wife mari:husband epoux:husband compagnon:partner compagne:partner conjoint:partner conjointe:partner copain:boyfriend copine:girlfriend mere:mother maman:mother pere:father papa:father fils:son fille:daughter cousin:cousin cousine:cousin tante:aunt oncle:uncle grand-mere:grandmother grand-pere:grandfather niece:niece neveu:nephew ami:friend amie:friend patron:boss patronne:boss chef:boss cheffe:boss manager:manager responsable:boss collegue:colleague voisin:neighbour voisine:neighbour medecin:doctor dentiste:dentist chien:dog chienne:dog chat:cat chatte:cat cheval:horse';

/** The words by which statements of a person are recognised in French. */
export const frenchWords: RuleWords = {
  time: frenchTime,
  coming: frenchComing,
  rules: frenchRules,
  relations: Object.fromEntries(relations.split(' ').map((pair) => pair.split(':') as [string, string])),
  roles:
    "(?:infirmiere?|medecin|docteure?|chirurgien(?:ne)?|dentiste|veterinaire|pharmacien(?:ne)?|sage-femme|kinesitherapeute|kine|psychologue|enseignante?|professeure?|prof|instituteur|institutrice|maitresse d'ecole|etudiante?|chercheur|chercheuse|scientifique|ingenieure?|developpeur|developpeuse|programmeur|designer|graphiste|architecte|cheffe? de projet|responsable \\p{L}+|directeur|directrice|gerante?|consultante?|analyste|comptable|auditeur|auditrice|avocate?|notaire|juge|juriste|journaliste|ecrivaine?|autrice|auteur|redacteur|redactrice|traducteur|traductrice|interprete|bibliothecaire|libraire|photographe|musicien(?:ne)?|peintre|artiste|acteur|actrice|comedien(?:ne)?|cuisiniere?|boulangere?|patissiere?|boucher|serveur|serveuse|agricultrice|agriculteur|maraichere?|jardiniere?|menuisiere?|plombiere?|electricien(?:ne)?|mecanicien(?:ne)?|macon(?:ne)?|chauffeur|pilote|militaire|pompier|policiere?|agent \\p{L}+|caissiere?|vendeur|vendeuse|commerciale?|commercante?|banquiere?|economiste|biologiste|chimiste|physicien(?:ne)?|mathematicien(?:ne)?|historien(?:ne)?|geologue|archeologue|statisticien(?:ne)?|secretaire|assistante?|technicien(?:ne)?|ouvriere?|fondateur|fondatrice|entrepreneure?|independante?|retraitee?|apprentie?|stagiaire|aide-soignante?|educateur|educatrice|ambulanciere?|facteur|factrice|coiffeur|coiffeuse|couturiere?|opticien(?:ne)?|auxiliaire \\p{L}+|nounou|marin|apiculteur|apicultrice|vigneron(?:ne)?|pecheur|couvreur|radiologue|cardiologue|pediatre|psychiatre|dieteticien(?:ne)?|illustrateur|illustratrice|serruriere?)",
  clauseEnd: / (?=mais |parce qu|car |donc |et (?:maintenant )?(?:je|j'|nous|mon|ma|on)\b|alors |cependant |puisqu)/,
  opener:
    /^(?:a partir de maintenant|desormais|dorenavant|a l'avenir|dans (?:toutes )?tes reponses|s'il te plait|s'il vous plait|(?:mon|ma|notre) [\p{L}' -]{2,40}|la date limite [\p{L}' -]{2,40})$/u,
  valueEnd:
    / (?:mais|parce qu.*|car|donc|quand|lorsqu.*|si|comme|tandis|depuis|jusqu.*|avec (?:ma|mon|notre|nos|mes)|et (?:je|j'|nous|il|elle|ce|mon|ma|puis)|en ce moment|actuellement|maintenant|s'il te plait|s'il vous plait|merci|aussi|non plus|d'ailleurs|en general|qui|ou je|comme \p{L}+(?:iste|eur|euse|ier|iere)) ?.*$/u,
  valueEdges: /^(?:un peu de|tres|beaucoup|vraiment|surtout|aussi) |[\s,.!;:]+$/,
  emptyValue:
    /^(?:bien|ca|cela|ceci|ce|celui-?ci|celle-?ci|toi|lui|elle|eux|vous|moi|beaucoup|quand\b.*|ne (?:rien|pas|plus)\b.*|que .*|qu'.*|(?:ca|cela) .*|(?:(?:la|le|l'|ta|ton|tes|votre|vos|cette|cet|ce|ces) ?)(?:(?:premiere?|deuxieme|troisieme|derniere?|second|seconde|autre|meme) )?(?:reponses?|idees?|suggestion|version|texte|paragraphe|phrase|partie|titre|premiere?|deuxieme|derniere?|resultat|ton|style|exemple|liste|brouillon|plan|point|proposition|facon|maniere)\b.*|(?:ta|ton|tes|votre|vos) .*|(?:comment|pourquoi|comme) .*)$/,
  noName:
    /^(?:le|la|les|l'|un|une|des|je|il|elle|ils|elles|on|nous|vous|tu|ce|cet|cette|ces|tout|tous|toutes|chacun|personne|quelqu'un|qui|mon|ma|mes|notre|nos|son|sa|ses|leur|pas|plus|la|ici|quoi|que|aucun|certains|beaucoup|ca|cela)$/,
  question: questionStarts.fr,
  supposing:
    /\b(?:peut-etre|sans doute|probablement|pourrais|pourrait|pourrions|devrais|devrait|aurais|aurait|serais|serait|voudrais|voudrions|aimerais|aimerions|irais|habiterais|travaillerais|eventuellement|hypothetiquement|j'hesite|je pense a|j'envisage)\b/,
  unstated:
    /\((?:non|pas|ironie|blague|second degre)!?\)|(?:\b(?:pour rire|je (?:plaisant|rigol|blagu)(?:e|ais)|pour plaisanter|si (?!bien)|s'il (?!te|vous)|imagine|imagines|imaginons|imaginez|suppose|supposons|supposez|admettons|mettons que|faisons comme si|comme si|fais semblant|au cas ou|selon|d'apres l|d'apres le|j'ai (?:lu|entendu|vu)(?: dire)? qu|dans (?:le|la|mon|ma|ce|cette|un|une) (?:roman|livre|histoire|nouvelle|film|jeu|chanson|piece|poeme|reve|exemple)|(?:il|elle|ils|elles|on|chef|patron|patronne|prof|medecin|ami|amie|mere|pere|frere|femme|mari|collegue|article|texte|guide|affiche|livre|page|mail|lettre|panneau) (?:(?:m'|me |nous )?(?:a |ont )?)(?:dit|disent|disait|pense|pensent|croit|affirme|affirment|pretend|ecrit|indique|raconte|explique|demande))\b|\bsi j'|, dit (?:le|la|l'))/,
  task: /^(?:maintenant |ok,? |alors )?(?:s'il te plait,? |peux-tu |pourrais-tu |je veux que tu )?(?:traduis|traduire|traduisez|ecris|ecrire|redige|rediger|redigez|reformule|reformuler|resume|resumer|explique|expliquer|corrige|corriger|compose|genere|cree|convertis|definis|analyse|decris|complete|continue|joue le role|cite|repete|conjugue|classe)\b/,
};
