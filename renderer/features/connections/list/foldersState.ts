import { defineAppState } from '../../../state/app'
import { profilesState } from '../../../state/profiles'

/** Which folders of the list are closed. */
export interface FoldersState {
  readonly closed: ReadonlySet<string>
  toggle(folder: string): void
}

export const foldersState = defineAppState<FoldersState>('folders', ({ owner: app, set }) => {
  const open = (folder: string) =>
    set(({ closed }) => ({ closed: new Set([...closed].filter((name) => name !== folder)) }))
  // A closed folder would hide the connection that has just been made.
  app.watch(profilesState, ({ broughtIntoView }, before) => {
    if (broughtIntoView && broughtIntoView !== before.broughtIntoView) open(broughtIntoView.entry.profile.folder)
  })
  return {
    closed: new Set(),
    toggle: (folder) =>
      set(({ closed }) => ({
        closed: closed.has(folder)
          ? new Set([...closed].filter((name) => name !== folder))
          : new Set([...closed, folder]),
      })),
  }
})
