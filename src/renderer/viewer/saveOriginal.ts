import type { Client } from '@renderer/base/client';

/** Fetches the original's address and saves its file through the browser (or the desktop) under its own name. */
export const saveOriginal = async (client: Client, versionId: string): Promise<void> => {
  const { url, fileName } = await client.library.original({ versionId });
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
};
