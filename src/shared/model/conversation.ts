import { z } from 'zod';
import { defaultAgents } from './agent';
import { askedSchema } from './asked';
import { citationSchema, sourceSchema, supportSchema } from './document';
import { errorRecordSchema } from './errors';
import { idSchema } from './ids';
import { modelRefSchema, usageSchema } from './provider';

/** Characters of one question at most. */
export const maxInputCharacters = 32_000;

export const conversationKinds = ['chat', 'debate'] as const;
export type ConversationKind = (typeof conversationKinds)[number];

export const conversationSettingsSchema = z.object({
  /** True to search the library for each question. */
  documents: z.boolean(),
  /** Empty: all collections. */
  collectionIds: z.array(idSchema),
  agentId: z.string(),
  /** Null: the agent's own model, else the first configured provider, else passages. */
  model: modelRefSchema.nullable(),
  /** False: nothing is learnt from it. */
  learning: z.boolean(),
  /** True: nothing is learnt from it, and no other conversation is shown anything of it. */
  private: z.boolean(),
});
export type ConversationSettings = z.infer<typeof conversationSettingsSchema>;
export const defaultConversationSettings: ConversationSettings = {
  documents: true,
  collectionIds: [],
  agentId: defaultAgents.answer,
  model: null,
  learning: true,
  private: false,
};

export const conversationSchema = z.object({
  id: idSchema,
  kind: z.enum(conversationKinds),
  title: z.string(),
  /** The origin of the title: the person, the program, or none yet. */
  titleOrigin: z.enum(['none', 'auto', 'person']),
  activeLeaf: idSchema.nullable(),
  settings: conversationSettingsSchema,
  pinned: z.boolean(),
  archivedAt: z.number().int().nullable(),
  deletedAt: z.number().int().nullable(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
  /** True while a turn is running. */
  answering: z.boolean(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** `interrupted`: the program ended while it wrote the answer, which can be continued. */
export const messageStates = ['complete', 'streaming', 'stopped', 'interrupted', 'failed'] as const;
export type MessageState = (typeof messageStates)[number];

/** Something in an answer that its passages do not have; the reader sees it as a muted mark with words. */
export const checkMarkSchema = z.object({
  /** `[start, end)` in the text of the answer. */
  start: z.number().int(),
  end: z.number().int(),
  /**
   * A figure, a date or a time, a name, a quotation; a figure that a passage has, of something else; or a whole statement that no
   * passage supports.
   */
  kind: z.enum(['number', 'date', 'name', 'quote', 'misplaced', 'unsupported']),
  /** True where the passages that the sentence cites were searched, false where all that the answer was given were. */
  cited: z.boolean(),
});
export type CheckMark = z.infer<typeof checkMarkSchema>;

/** The outcome of the check of an answer against its passages. */
export const answerCheckSchema = z.object({
  /** Of the rules by which it was checked. */
  version: z.number().int(),
  marks: z.array(checkMarkSchema),
});
export type AnswerCheck = z.infer<typeof answerCheckSchema>;

/** The content of the muted line under an answer. */
export const answerInfoSchema = z.object({
  provider: z.string(),
  model: z.string(),
  usage: usageSchema.nullable(),
  /** Milliseconds from send to the first word; null when none came. */
  firstWordMs: z.number().nullable(),
  ms: z.number().nullable(),
  /** Set when another model answered instead of the requested one. */
  fallback: z.object({ from: z.string(), reason: z.string() }).nullable(),
  /** Null when the library was not searched. */
  support: supportSchema.nullable(),
  passages: z.number().int(),
  /** How many of these passages were given to the model that answered; 0 where none was, and in answers older than this count. */
  given: z.number().int(),
  /** How many items and messages of memory the answer was given; absent where none was. */
  memories: z.number().int().optional(),
  /** The past messages among them; absent where none was, and in answers older than this list. */
  recalled: z.array(idSchema).optional(),
  /** Absent where no model answered over passages, and in answers older than the check. */
  check: answerCheckSchema.optional(),
  /** Absent where nothing but a search was done, and in answers older than this. */
  asked: askedSchema.optional(),
});
export type AnswerInfo = z.infer<typeof answerInfoSchema>;

/** The thinking of a model before its answer, kept apart from the answer: it is only shown. */
export const thinkingSchema = z.object({
  /** Empty where the provider hides it. */
  text: z.string(),
  ms: z.number(),
  /** True when it was longer than the part that is kept. */
  cut: z.boolean(),
});
export type Thinking = z.infer<typeof thinkingSchema>;

export const messageSchema = z.object({
  id: idSchema,
  conversationId: idSchema,
  parentId: idSchema.nullable(),
  turnId: idSchema.nullable(),
  role: z.enum(['user', 'assistant']),
  /** Agent id for answers, null for the person. */
  speaker: z.string().nullable(),
  /** Debates: the speaker's part and round (0 = synthesis or outside a round). */
  part: z.enum(['attacker', 'challenger', 'debater', 'mediator']).nullable(),
  round: z.number().int().nullable(),
  state: z.enum(messageStates),
  text: z.string(),
  at: z.number().int(),
  /** Minutes that local time was ahead of UTC. */
  tzOffset: z.number().int(),
  error: errorRecordSchema.nullable(),
  info: answerInfoSchema.nullable(),
  thinking: thinkingSchema.nullable(),
  citations: z.array(citationSchema),
  /** Versions of this message (same parent, same role), oldest first, itself included. */
  siblings: z.array(idSchema),
});
export type Message = z.infer<typeof messageSchema>;

/** A piece of thinking. `offset`: the piece replaces all thinking from there on. `ms`: the time thought by then. */
export const thinkingEventSchema = z.object({
  type: z.literal('thinking'),
  messageId: idSchema,
  offset: z.number().int(),
  text: z.string(),
  ms: z.number(),
  cut: z.boolean(),
});
/** The text from `length` on was thinking whose beginning the model did not mark: it moves to the end of the thinking. */
export const rethinkEventSchema = z.object({
  type: z.literal('rethink'),
  messageId: idSchema,
  length: z.number().int(),
  thinking: thinkingSchema,
});

/** Turn events, in the order of a turn: started, status*, retrieved?, (thinking | delta)*, then one of the three ends. */
export const turnEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    turnId: idSchema,
    conversationId: idSchema,
    messageId: idSchema,
    speaker: z.string(),
    at: z.number().int(),
  }),
  z.object({
    type: z.literal('status'),
    step: z.enum(['searching', 'reading', 'connecting', 'waiting', 'writing']),
    documents: z.number().int().optional(),
    /** `reading`: the part of a document that is read now, and how many there are. */
    part: z.number().int().optional(),
    parts: z.number().int().optional(),
    provider: z.string().optional(),
    model: z.string().optional(),
    retryInMs: z.number().optional(),
  }),
  z.object({ type: z.literal('retrieved'), sources: z.array(sourceSchema), support: supportSchema, ms: z.number() }),
  z.object({ type: z.literal('fallback'), from: z.string(), to: z.string(), reason: z.string() }),
  /** `offset` is the length of the text before this piece: a reader can check that nothing was lost or doubled. */
  z.object({ type: z.literal('delta'), messageId: idSchema, offset: z.number().int(), text: z.string() }),
  thinkingEventSchema,
  rethinkEventSchema,
  z.object({ type: z.literal('usage'), usage: usageSchema }),
  z.object({ type: z.literal('done'), message: messageSchema }),
  z.object({ type: z.literal('stopped'), message: messageSchema }),
  z.object({ type: z.literal('failed'), message: messageSchema, error: errorRecordSchema }),
]);
export type TurnEvent = z.infer<typeof turnEventSchema>;
export const isTurnEnd = (event: TurnEvent): boolean => event.type === 'done' || event.type === 'stopped' || event.type === 'failed';
