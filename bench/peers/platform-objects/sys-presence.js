/** The one thing that the peer imports from the package of this name, of which no registry has the version it wants. */
export const SysPresence = {};
