/** The address for which a key was given: the key is sent to no other address. */
export const sql = `
ALTER TABLE provider_accounts ADD COLUMN key_address TEXT;
UPDATE provider_accounts SET key_address = base_url WHERE secret_ref IS NOT NULL;
`;
