/**
 * Every process that the lab starts carries this variable with the lab's run folder.
 * Children inherit it, and it cannot be confused with another process's pid, so
 * `down` finds what a crashed `up` left even where no pid was written.
 */
export const OWNER_VARIABLE = 'PULLMEND_LAB_OWNER';
