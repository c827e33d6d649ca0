import { questionStarts } from '@main/text/askingWords';
import { englishTime } from '../../time/timeWords.en';
import { englishComing } from './coming.en';
import { englishRules } from './rules.en';
import type { RuleWords } from './ruleWords';

const relations =
  'sister brother wife husband partner girlfriend boyfriend fiance fiancee mother mum mom father dad son daughter cousin aunt uncle grandmother grandfather niece nephew friend boss manager colleague neighbour neighbor doctor dentist dog cat horse';

/** The words by which statements of a person are recognised in English. */
export const englishWords: RuleWords = {
  time: englishTime,
  coming: englishComing,
  rules: englishRules,
  relations: Object.fromEntries(relations.split(' ').map((word) => [word, word])),
  roles:
    '(?:(?:senior|junior|lead|chief|retired|freelance|primary school|high school|product|project|software|data|civil|web|sales|marketing|graphic|ux|research|head|social|school|family|tax|police|taxi|bus|truck) )*(?:nurse|doctor|surgeon|dentist|vet|pharmacist|midwife|physiotherapist|psychologist|teacher|professor|lecturer|student|researcher|scientist|engineer|developer|programmer|designer|architect|manager|director|consultant|analyst|accountant|auditor|lawyer|solicitor|notary|judge|journalist|writer|author|editor|translator|interpreter|librarian|photographer|musician|painter|artist|actor|actress|cook|chef|baker|butcher|waiter|waitress|barista|farmer|gardener|carpenter|plumber|electrician|mechanic|builder|driver|pilot|soldier|firefighter|policeman|policewoman|cleaner|cashier|salesman|saleswoman|seller|shopkeeper|trader|banker|economist|biologist|chemist|physicist|mathematician|historian|geologist|archaeologist|statistician|officer|secretary|assistant|receptionist|technician|worker|founder|entrepreneur|freelancer|ceo|cto|cfo|coo|pensioner|apprentice|intern|paramedic|postman|postwoman|hairdresser|barber|tailor|optician|carer|caregiver|nanny|sailor|miner|butler|beekeeper|winemaker|fisherman|bricklayer|roofer|painter and decorator|radiologist|cardiologist|paediatrician|psychiatrist|nutritionist|dietitian|copywriter|illustrator|curator|locksmith)',
  clauseEnd: / (?=but |because |so (?:i|we|please) |and (?:now )?(?:i|we|my|our|please)\b|which |although |though |since i\b)/,
  opener: /^(?:from now on|in (?:the )?future|in (?:all )?your answers|please|my (?:\p{L}+ ){1,3}is)$/u,
  valueEnd:
    / (?:but|because|so|when|if|as|while|since|until|till|for work|by the way|with (?:my|the|our|his|her)|and (?:i|we|my|it|this|then)|as (?:an?|the)|at the moment|these days|right now|nowadays|anyway|please|thanks|too|either|though|in general|now|who|where|that i)\b.*$/,
  valueEdges: /^(?:a bit of|some|any|really|very much|very|quite|just|only|also|either|both) |[\s,.!;:]+$/,
  emptyValue:
    /^(?:it|this|that|these|those|them|him|her|you|one|me|us|so|not .*|to (?:think|say|know|believe|see|hear|hope)\b.*|(?:it|this|that) .*|(?:the|your|this|that|these|those) (?:answer|answers|reply|idea|suggestion|version|text|paragraph|sentence|part|title|first|second|third|last|way|result|result|tone|style|example|list|draft|plan|point)\b.*|(?:how|what|when|where|why) .*|your .*)$/,
  noName:
    /^(?:the|a|an|i|it|he|she|they|we|you|this|that|these|those|everyone|everybody|nobody|someone|somebody|people|who|my|our|your|his|her|their|not|all|most|many|some|there|here|what|one|both|each|any)$/,
  question: questionStarts.en,
  supposing:
    /\b(?:might|maybe|perhaps|could|would(?! rather| prefer)|should (?:i|we)|i'd (?:like|love)|possibly|hypothetically|almost|nearly|thinking of|thinking about|considering)\b/,
  unstated:
    /\((?:not|no|joke|kidding|irony|sarcasm)!?\)|\b(?:just kidding|only joking|(?:i'm|i was|was) (?:only |just )?(?:kidding|joking)|as a joke|if|unless|imagine|suppose|supposing|pretend|let's say|assume|assuming|as though|i wish|what if|whether|as the \p{L}+ says?|according to|i (?:read|heard|was told|saw)(?: somewhere)? that|in (?:the|my|this|a) (?:novel|book|story|film|movie|game|song|play|poem|dream|example)|(?:he|she|they|someone|somebody|people|it|boss|manager|teacher|doctor|friend|mother|father|sister|brother|wife|husband|colleague|article|text|guide|sign|book|page|email|mail|letter) (?:said|says|say|told|tells|thinks?|thought|claims?|claimed|believes?|wrote|writes|reads|states?|asked|asks))\b/u,
  task: /^(?:now |ok,? |then )?(?:please |can you |could you |i want you to )?(?:translate|write|rewrite|draft|summari[sz]e|explain|correct|proofread|rephrase|reformulate|paraphrase|compose|generate|create|convert|define|analy[sz]e|describe|complete|continue|roleplay|act as|quote|repeat|conjugate|classify|grade)\b/,
};
