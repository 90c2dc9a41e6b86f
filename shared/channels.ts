/** The physical channels between main and the page. `droppedFile` and `droppedForImport` are the preload script's own: what the page says cannot take them. A module of its own: the preload script bundles nothing else. */
export const channels = {
  command: 'app:command',
  event: 'app:event',
  droppedFile: 'app:droppedFile',
  droppedForImport: 'app:droppedForImport',
} as const
