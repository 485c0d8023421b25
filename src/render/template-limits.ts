/** In bytes on disk and in characters for the engine. As large as a book chapter, and about what a canvas takes per call. */
export const longestTemplate = 100_000;
