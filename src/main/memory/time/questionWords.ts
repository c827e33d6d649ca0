import type { TimeQuestionKind } from './question';

/** The words of one language by which a question about what was said or lived is known, as patterns over folded clauses. */
export interface QuestionWords {
  /** The conversation as it was, asked for by the order of words: "did we talk", "avons-nous parlé". */
  askedTalk: RegExp;
  /** The same as told: "we talked", "je t'ai dit". A question only where the clause asks or something is requested. */
  toldTalk: RegExp;
  /** How often the person speaks of something, in the present. */
  usualTalk: RegExp;
  /** The person as hearer, or advice, which is for the person. */
  toPerson: RegExp;
  why: RegExp;
  /** Small words around a time that stands apart. */
  filler: RegExp;
  /** Questions about what the program said, which need a time or the person as hearer. */
  askedAnswer: RegExp;
  /** The passive, without an actor: "what was decided". */
  passiveTalk: RegExp;
  /** "our conversation", "my first question". */
  ownConversation: RegExp;
  /** A conversation of somebody, which counts where a period is named. */
  conversation: RegExp;
  /** The questions and answers of the person and the program, listed for a period: "my questions from yesterday". */
  ownWriting: RegExp;
  /** The person's own past in a question: "did I", "was I", "étais-je". */
  askedPast: RegExp;
  /** The same as told. */
  toldPast: RegExp;
  /** The person in something that goes on: "how long have I", "depuis quand est-ce que je". */
  untilNow: RegExp;
  /** People of the person, or who did something for the person: "did my sister", "what has Lucy told me". */
  ownPeople: RegExp;
  /** A thing of the person in the past, which counts where a date is named: "was my mood". */
  ownThen: RegExp;
  /** Another person, or something to do, is asked for: the person's own past only says which thing is meant. */
  ofOthers: RegExp;
  /** Begins what a request asks for, where the interrogative words do not. */
  relative: RegExp;
  /** An impersonal past that only a relative date makes the person's own: "a-t-on". Null where the language has none. */
  impersonalPast: RegExp | null;
  /** People do this, not the person who asks: "when did we discover". */
  worldly: RegExp;
  /** The source that must have the answer: "according to the minutes". */
  source: RegExp;
  /** A sign that the answer is looked for in a document. */
  document: RegExp;
  /** A word that asks, wherever it stands. */
  interrogative: RegExp;
  /** A question by its words alone, without a question mark and without its dates: "what did we", "on a dit quoi". */
  openQuestion: RegExp;
  /** A question cut short, about the conversations only: "the last time we spoke". */
  fragment: RegExp;
  /** Begins a clause that says when something else was. */
  subordinate: RegExp;
  request: RegExp;
  /** A task, whose words are its material. */
  task: RegExp;
  /** A task of which the product is an account of the conversations: "a list of what we decided". */
  account: RegExp;
  /** "What was it?" after a sentence that says what "it" is. */
  pointing: RegExp;
  /** "..., right?" */
  tag: RegExp;
  /** Asks for an account, where nothing but a period is named. */
  bareRequest: RegExp;
  /** Words that say nothing about the subject. */
  small: RegExp;
  /** Things of the person, in "what has changed in the plans". */
  ownThing: RegExp;
  /** A thing of the person that changed: "how has my opinion changed". */
  ownChange: RegExp;
  /** The first that fits says what is asked. */
  kinds: readonly (readonly [RegExp, TimeQuestionKind])[];
  /** A word of time without a date: "ever", "already". */
  timeWord: RegExp;
  /** Before a date that belongs to a noun or is the subject: "the contract of", "about". */
  topicBefore: RegExp;
  /** The same, but the noun is a conversation. */
  conversationBefore: RegExp;
  /** After a date that belongs to a noun: "Monday's meeting". */
  topicAfter: RegExp;
  /** Begins what was said: dates after it are not those of the conversation. */
  saidThat: RegExp;
  /** Begins what was planned: dates in it that are not counted from now are those of the plan. */
  planned: RegExp;
}
