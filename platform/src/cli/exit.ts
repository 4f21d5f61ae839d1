/** Exit codes of every verifying command. */
export const EXIT = { valid: 0, broken: 1, untrusted: 2, malformed: 3 } as const;
