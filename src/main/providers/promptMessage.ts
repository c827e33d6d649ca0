/**
 * A part of a message to a model. Whoever adds an image or a file estimates its tokens, because the pixels or pages are known
 * there; `data` is base64.
 */
export type PromptPart =
  | { type: 'text'; text: string }
  | { type: 'image'; mime: string; data: string; tokens: number }
  | { type: 'file'; mime: string; name: string; data: string; tokens: number }
  | { type: 'toolCall'; id: string; name: string; arguments: Record<string, unknown> }
  | { type: 'toolResult'; callId: string; name: string; text: string };

/** One message of a prompt. Tool calls are parts of the assistant's messages, their results of messages with the role `tool`. */
export interface PromptMessage {
  role: 'user' | 'assistant' | 'tool';
  parts: readonly PromptPart[];
}

export const textMessage = (role: 'user' | 'assistant', text: string): PromptMessage => ({ role, parts: [{ type: 'text', text }] });

/** The text of a message, without its other parts; two texts are parted by an empty line. */
export const messageText = ({ parts }: PromptMessage): string =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');

/** The text of a message that consists of text alone, else null. Protocols send it in their shortest form, which every server reads. */
export const plainText = (message: PromptMessage): string | null =>
  message.parts.every(({ type }) => type === 'text') ? messageText(message) : null;

/** A message with a text put before its parts. */
export const withTextBefore = (text: string, message: PromptMessage): PromptMessage => {
  const [first, ...rest] = message.parts;
  const parts: PromptPart[] =
    first?.type === 'text' ? [{ type: 'text', text: `${text}\n\n${first.text}` }, ...rest] : [{ type: 'text', text }, ...message.parts];
  return { role: message.role, parts };
};

/** Two neighbours of one role as one message: their texts become one where they meet. */
export const joined = (before: PromptMessage, after: PromptMessage): PromptMessage => {
  const last = before.parts.at(-1);
  if (last?.type !== 'text') return { role: before.role, parts: [...before.parts, ...after.parts] };
  return { role: before.role, parts: [...before.parts.slice(0, -1), ...withTextBefore(last.text, after).parts] };
};
