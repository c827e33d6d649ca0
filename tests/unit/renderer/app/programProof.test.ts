import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createExchangeCodes } from '@main/http/exchangeCodes';
import { type KnownWindows, windowRoute } from '@main/http/routes/window';
import { createWindowProof } from '@main/http/windowProof';
import { createProgramProof, NotOurProgram } from '@renderer/app/programProof';
import { windowPath } from '@shared/wire';
import { expect, onTestFinished, test } from 'vitest';

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return (server.address() as AddressInfo).port;
};

/** The program's side, with the token that it has at the moment. `says` is the port on which it believes to listen. */
const startProgram = async (token: () => string) => {
  const keys = new Map<string, string>();
  const windows: KnownWindows = { add: (id, key) => void keys.set(id, key), key: (id) => keys.get(id) ?? null };
  const codes = createExchangeCodes();
  const heard: string[] = [];
  let port = 0;
  const proof = createWindowProof({ port: () => port });
  port = await listen(
    createServer((request, response) => {
      heard.push(`${request.url} ${request.headers.authorization ?? ''}`);
      const url = new URL(request.url ?? '', 'http://127.0.0.1');
      const serve = async () => windowRoute({ token: token(), proof, codes, windows }).serve({ request, response, url });
      serve().catch(() => response.destroy());
    }),
  );
  return { port, codes, windows, proof, heard };
};

/** Gives the scripted answers, and records every request. */
const startStranger = async (answer: (path: string, body: string) => Promise<{ status: number; body: string }>) => {
  const heard: string[] = [];
  const port = await listen(
    createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', async () => {
        heard.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
        const { status, body: said } = await answer(request.url ?? '', body);
        response.writeHead(status, { 'content-type': 'application/json' }).end(said);
      });
    }),
  );
  return { port, heard };
};

/** A window of `port`; its requests go to the port that `calls` returns: another program may have taken the first. */
const openWindow = (opening: { token: string | null; code: string | null }, port: number, calls = () => port) =>
  createProgramProof({ opening, port: String(port), ask: (path, init) => fetch(`http://127.0.0.1:${calls()}${path}`, init) });

test('a window and its program identify each other, and the token is never sent', async () => {
  const program = await startProgram(() => 'the-token');
  const window = openWindow({ token: 'the-token', code: null }, program.port);
  expect(window.token()).toBeNull();
  const shown = await window.prove();
  expect(window.token()).toBe('the-token');
  expect([program.proof.accepts('the-token', shown), program.proof.accepts('the-token', shown)]).toEqual([true, false]);
  expect(await window.prove()).not.toBe(shown);
  expect(program.heard.join()).not.toContain('the-token');
});

test('exchanges a code for the token once', async () => {
  const program = await startProgram(() => 'the-token');
  const code = program.codes.issue();
  const window = openWindow({ token: null, code }, program.port);
  expect(program.proof.accepts('the-token', await window.prove())).toBe(true);
  expect(window.token()).toBe('the-token');
  await expect(openWindow({ token: null, code }, program.port).prove()).rejects.toThrow(NotOurProgram);
  await expect(openWindow({ token: null, code: null }, program.port).prove()).rejects.toThrow(NotOurProgram);
});

test('notices a wrong token before anything is shown', async () => {
  const program = await startProgram(() => 'the-token');
  await expect(openWindow({ token: 'wrong', code: null }, program.port).prove()).rejects.toThrow(NotOurProgram);
});

test('recognises a window by its key after the token was changed, and gives it the new one', async () => {
  let token = 'the-token';
  const program = await startProgram(() => token);
  const window = openWindow({ token, code: null }, program.port);
  await window.prove();
  await window.enter();
  await window.enter();
  token = 'the-next-token';
  expect(program.proof.accepts(token, await window.prove())).toBe(true);
  expect(window.token()).toBe('the-next-token');
  // A window without a key of its own is not recognised.
  await expect(openWindow({ token: 'the-token', code: null }, program.port).prove()).rejects.toThrow(NotOurProgram);
});

const json = (value: unknown) => async () => ({ status: 200, body: JSON.stringify(value) });
test.each<[string, (path: string, body: string) => Promise<{ status: number; body: string }>]>([
  ['says nothing', async () => ({ status: 200, body: '' })],
  ['serves a page', async () => ({ status: 200, body: '<!doctype html>' })],
  ['does not know the route', async () => ({ status: 404, body: '{}' })],
  ['asks for a token', async () => ({ status: 401, body: '{"error":"token please"}' })],
  ['fails', async () => ({ status: 500, body: '{}' })],
  ['makes a proof up', json({ challenge: 'c', byToken: 'x', byWindow: 'y' })],
  ['makes an empty proof up', json({ challenge: '', byToken: '', byWindow: '' })],
  [
    'sends the nonce back',
    async (_path, body) => ({ status: 200, body: JSON.stringify({ challenge: 'c', byToken: JSON.parse(body).nonce }) }),
  ],
  ['gives a token of its own', json({ token: 'mine', challenge: 'c', byToken: 'x' })],
])('a stranger on the same port that %s learns nothing of the token', async (_, answer) => {
  const program = await startProgram(() => 'the-token');
  const stranger = await startStranger(answer);
  let calls = program.port;
  const window = openWindow({ token: 'the-token', code: null }, program.port, () => calls);
  await window.prove();
  await window.enter();
  calls = stranger.port;
  await expect(window.prove()).rejects.toThrow(NotOurProgram);
  expect(window.token()).toBeNull();
  expect(stranger.heard.length).toBeGreaterThan(0);
  expect(stranger.heard.every((said) => said.startsWith(`${windowPath}prove`) && !said.includes('the-token'))).toBe(true);
  // The window's own program is back.
  calls = program.port;
  expect(program.proof.accepts('the-token', await window.prove())).toBe(true);
});

test('a stranger that forwards the proof of the program on its new port is refused', async () => {
  // The program had to take another port; the stranger on the old one forwards everything to it.
  const program = await startProgram(() => 'the-token');
  const stranger = await startStranger(async (path, body) => {
    const response = await fetch(`http://127.0.0.1:${program.port}${path}`, { method: 'POST', body });
    return { status: response.status, body: await response.text() };
  });
  await expect(openWindow({ token: 'the-token', code: null }, stranger.port).prove()).rejects.toThrow(NotOurProgram);
  expect(stranger.heard.join()).not.toContain('the-token');
});
