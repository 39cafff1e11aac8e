/** The digest was read back when it was copied; pods that use it prove the rest. */
export const prove = 'by-others';
