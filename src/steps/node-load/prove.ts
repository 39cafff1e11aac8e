/** Each node was asked for the name when it was given; pods that use the image prove the rest. */
export const prove = 'by-others';
