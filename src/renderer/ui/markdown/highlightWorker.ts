import { colouredParts } from './codeParts';
import { type CodePiece, highlightCode } from './highlighter';

export interface HighlightRequest {
  id: number;
  language: string;
  code: string;
}

export interface HighlightReply {
  id: number;
  /** Null for an unknown language. */
  parts: CodePiece['parts'][] | null;
}

/** Colours long code, which would block the window for as long as that takes. */
addEventListener('message', ({ data: { id, language, code } }: MessageEvent<HighlightRequest>) => {
  const whole = highlightCode(language, code);
  postMessage({ id, parts: whole && colouredParts(whole, code) } satisfies HighlightReply);
});
