import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiContext } from '@main/api/base';
import { createPublicRouter } from '@main/api/publicRouter';
import type { AppRouter } from '@main/api/router';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { publicContract } from '@shared/contract/public';
import { restPrefix } from '@shared/wire';
import { toPublicError } from './publicError';

const errorBodySchema = {
  type: 'object',
  required: ['type', 'error_code', 'message', 'details'],
  properties: {
    type: { const: 'error' },
    error_code: { type: 'string' },
    message: { type: 'string' },
    details: { type: 'object' },
  },
} as const;

/** The OpenAPI document of the public API. */
export const describePublicApi = (version: string): Promise<unknown> =>
  new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(publicContract, {
    info: { title: 'Emergence', version },
    servers: [{ url: restPrefix }],
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    customErrorResponseBodySchema: errorBodySchema,
  });

export type Rest = ReturnType<typeof createRest>;

/** REST and SSE under `/api/v1` for other programs, and the document that describes them. */
export const createRest = ({ router, context, version }: { router: AppRouter; context: ApiContext; version: string }) => {
  const handler = new OpenAPIHandler(createPublicRouter(router), { customErrorResponseBodyEncoder: toPublicError });
  let document: Promise<unknown> | null = null;
  return {
    /** False when no public procedure has this method and path. */
    async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      const { matched } = await handler.handle(request, response, { prefix: restPrefix, context });
      return matched;
    },
    /** The OpenAPI document, made on first use. */
    document(): Promise<unknown> {
      document ??= describePublicApi(version);
      return document;
    },
  };
};
