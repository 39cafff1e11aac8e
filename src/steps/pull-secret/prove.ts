/** Pods that pull with it prove it. */
export const prove = 'by-others';
