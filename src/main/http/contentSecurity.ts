/**
 * The policy for the program's pages: they may load their own files, nothing inline, and from no other server. `wasm-unsafe-eval`
 * lets pdf.js run its image decoders and does not allow `eval`. Images may be data or blobs, since pages of a PDF are drawn so.
 */
export const contentSecurityPolicy = (connect: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // A text must never become code by a careless assignment; the one policy allows the program's own worker files.
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');

/** Sent with every answer. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

/** For a person's own file: whatever it contains, it must never run as a page of the program. */
export const originalHeaders = (fileName: string): Record<string, string> => ({
  'content-security-policy': "default-src 'none'; sandbox",
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
});
