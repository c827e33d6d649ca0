import { findConversation } from '@main/store/conversations';
import type { ReadableDb } from '@main/store/database';
import { findDebate } from '@main/store/debates';
import { allMessages, branchEndingAt } from '@main/store/messages';
import { turnsOfConversation } from '@main/store/turns';
import { type Citation, type Conversation, EmergenceError, isMatched, type Message, placeWords, withPlaceFields } from '@shared/model';
import { exportedJson, exportedLine, exportedMessage, exportedQuote } from './exportText';

export interface ExportedFile {
  fileName: string;
  mime: string;
  text: string;
}

interface ExportDeps {
  db: ReadableDb;
  /** The name of an agent. */
  nameOf: (agentId: string) => string;
}

/** A whole conversation or debate as a file: Markdown has the active branch with its sources, JSON every branch. Never cut. */
export const exportConversation = ({ db, nameOf }: ExportDeps, id: string, format: 'markdown' | 'json'): ExportedFile => {
  const conversation = findConversation(db, id);
  if (!conversation) throw new EmergenceError('not_found');
  const name = fileNameOf(conversation.title) || 'conversation';
  return format === 'json'
    ? { fileName: `${name}.json`, mime: 'application/json', text: toJson(db, conversation) }
    : {
        fileName: `${name}.md`,
        mime: 'text/markdown',
        text: toMarkdown({ db, nameOf: (agentId) => exportedLine(nameOf(agentId)) }, conversation),
      };
};

const fileNameOf = (title: string): string =>
  title
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);

const toJson = (db: ReadableDb, conversation: Conversation): string =>
  exportedJson({
    format: 'emergence.conversation',
    version: 1,
    conversation,
    debate: conversation.kind === 'debate' ? findDebate(db, conversation.id) : undefined,
    // A model's thinking is for reading beside its answer, and is no part of the conversation.
    messages: allMessages(db, conversation.id).map(({ thinking: _thought, ...message }) => ({
      ...message,
      // Files of this version have always had these fields.
      citations: message.citations.map(withPlaceFields),
    })),
  });

const toMarkdown = ({ db, nameOf }: ExportDeps, conversation: Conversation): string => {
  const messages = conversation.activeLeaf ? branchEndingAt(db, conversation.activeLeaf, Number.MAX_SAFE_INTEGER - 1).items : [];
  const replaced = new Map(turnsOfConversation(db, conversation.id).map((turn) => [turn.messageId, turn.params.replaced ?? null]));
  return [
    `# ${exportedLine(conversation.title) || conversation.id}`,
    ...debateHead({ db, nameOf }, conversation),
    ...messages.flatMap((message) => [
      headingOf(message, message.speaker ? nameOf(message.speaker) : ''),
      exportedMessage(message.text),
      ...noteOf(message, replaced.get(message.id) ?? null),
      ...sourcesOf(message.citations.filter((citation) => !isMatched(citation))),
    ]),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n');
};

const debateHead = ({ db, nameOf }: ExportDeps, conversation: Conversation): string[] => {
  const debate = conversation.kind === 'debate' ? findDebate(db, conversation.id) : null;
  if (!debate) return [];
  const seats = [...debate.config.debaters, debate.config.mediator];
  return [
    seats.map((seat) => `- ${nameOf(seat.agentId)} (${seat.part})${seat.side ? `: ${exportedLine(seat.side)}` : ''}`).join('\n'),
    `Rounds: ${debate.config.rounds}`,
  ];
};

const headingOf = (message: Message, speaker: string): string => {
  if (message.role === 'user') return `## ${new Date(message.at).toISOString()}`;
  const round = message.round ? `, ${message.round}` : '';
  return `## ${speaker}${message.part ? ` (${message.part}${round})` : ''}`;
};

const noteOf = (message: Message, replaced: { from: string; to: string | null; reason: string } | null): string[] => {
  const notes = [
    ...(message.info?.model ? [`${message.info.provider} · ${message.info.model}`] : []),
    ...(message.state === 'complete' ? [] : [message.state]),
    ...(replaced ? [`${replaced.from} → ${replaced.to ?? '—'} (${replaced.reason})`] : []),
  ];
  return notes.length > 0 ? [`*${exportedLine(notes.join(' · '))}*`] : [];
};

/** Each passage once, however often it is cited. */
const sourcesOf = (citations: Citation[]): string[] =>
  [...new Map(citations.map((citation) => [`${citation.marker} ${citation.start} ${citation.end}`, citation])).values()].map((citation) => {
    const place = placeWords(citation.place, 'en', 'file');
    return `> [${citation.marker}] ${exportedLine(citation.title)}, ${place}\n>\n${exportedQuote(citation.quote)}`;
  });
