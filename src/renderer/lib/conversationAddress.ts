const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const address = new RegExp(`^#/(?:chat|debates)/${id}(?:/${id})?$`);

/**
 * True for the address of a conversation or of one of its messages in this window. A text may link to nothing else within it: to
 * follow such a link shows a page, and changes nothing.
 */
export const isConversationAddress = (href: string): boolean => address.test(href);
