import { createRoutes, type RoutesDeps } from '@main/http/routes';
import { newId } from '@shared/model';
import { expect, test } from 'vitest';

const routes = createRoutes({} as RoutesDeps);
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const paths = [
  '/',
  '/library/anything',
  '/assets/index.js',
  '/api',
  '/api/',
  '/api/health',
  '/api/openapi.json',
  '/api/v1',
  '/api/v1/conversations',
  '/api/v1/nothing',
  '/api/window/prove',
  '/api/window/nothing',
  '/api/nothing',
  '/metrics',
  '/metrics/more',
  '/rpc',
  `/blob/version/${newId()}`,
  `/upload/${newId()}`,
];
const asked = paths.flatMap((path) => methods.map((method) => ({ method, path })));

test('serves an address and method by one route at most', () => {
  const twice = asked.filter((one) => routes.filter((route) => route.matches(one)).length > 1);
  expect(twice).toEqual([]);
  expect(routes.filter((route) => !asked.some(route.matches))).toEqual([]);
});

test('serves only pages, health, signed originals and the way in without the token', () => {
  const open = asked.filter((one) => routes.find((route) => route.matches(one))?.open).map(({ method, path }) => `${method} ${path}`);
  const read = [
    '/',
    '/library/anything',
    '/assets/index.js',
    '/api',
    '/api/health',
    '/metrics/more',
    paths.find((path) => path.startsWith('/blob/')),
  ];
  const expected = [...read.flatMap((path) => [`GET ${path}`, `HEAD ${path}`]), 'POST /api/window/prove', 'POST /api/window/nothing'];
  expect(open.sort()).toEqual(expected.sort());
});
