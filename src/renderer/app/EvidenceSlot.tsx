/** The panel beside the page: a document at the cited passage. */
export const EvidenceSlot = () => null;
