const MB = 1024 * 1024;

/** One file: a photo of any phone in its everyday mode, a scan of some twenty pages. */
export const FILE_MOST = 10 * MB;
/** One form with its files, as it travels. Below what one process passes on to another (`processes/forward.ts`). */
export const UPLOAD_MOST = 16 * MB;
/** The files of one case together: its archive, of at most 32 MiB (docs/formats.md), holds them all. */
export const CASE_FILES_MOST = 20;
export const CASE_BYTES_MOST = 24 * MB;
/** Longest name that is kept of a file, in characters. */
export const NAME_MOST = 100;

export const megabytes = (bytes: number) => Math.floor(bytes / MB);
