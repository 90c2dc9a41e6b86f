/** The two physical channels between main and the page. A module of its own: the preload script bundles nothing else. */
export const channels = { command: 'app:command', event: 'app:event' } as const
