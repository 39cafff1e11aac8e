/** The step that changed the template has the expectations. */
export const prove = 'by-others';
