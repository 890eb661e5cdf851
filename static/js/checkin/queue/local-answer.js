/** What a device answers by its roster, while the server cannot be asked. */

/** @typedef {'admitted' | 'held' | 'refused'} Acted what the device did with the person */
/** @typedef {{verdict: string, acted: Acted, as_of: string}} Local */
