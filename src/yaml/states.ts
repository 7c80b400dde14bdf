/** What an open collection is. */
export const ROOT = 0;
export const BLOCK_MAP = 1;
export const BLOCK_SEQ = 2;
/** A sequence whose dashes stand in the column of the key above them; it ends with the first token there that is no dash. */
export const FLUSH_SEQ = 3;
export const FLOW_SEQ = 4;
export const FLOW_MAP = 5;
/** `[a: b]`: a mapping of one pair without braces. */
export const PAIR = 6;

/** What an open collection waits for. From `AWAITS_NODE` on, a node. */
export const DONE = 0;
export const AT_DASH = 1;
export const AT_KEY = 2;
/** After `? key`. */
export const AT_COLON = 3;
export const AT_COMMA = 4;
export const AT_FLOW_KEY = 5;
export const AWAITS_NODE = 8;
export const AT_ROOT = 8;
export const AT_ITEM = 9;
export const AT_VALUE = 10;
/** After `?`. */
export const AT_EXPLICIT_KEY = 11;
export const AT_FLOW_ITEM = 12;
