import { defineAppState } from '../../../state/app'

/** What a name is asked for. */
export type NameQuestion =
  | { readonly kind: 'renameMessage'; readonly collectionId: string; readonly messageId: string }
  | { readonly kind: 'renameFolder' | 'newFolder' | 'saveAs'; readonly collectionId: string; readonly folder: string }

type CollectionQuestion =
  | NameQuestion
  | { readonly kind: 'shortcut'; readonly collectionId: string; readonly messageId: string }

export interface CollectionTreeState {
  /** Keys of the rows that are closed. */
  readonly closed: ReadonlySet<string>
  readonly search: string
  readonly question: CollectionQuestion | null
  toggle(key: string): void
  searchFor(search: string): void
  ask(question: CollectionQuestion | null): void
}

/** How the tree of the collections is looked at; the same beside every connection. */
export const collectionTreeState = defineAppState<CollectionTreeState>('collectionTree', ({ set }) => ({
  closed: new Set(),
  search: '',
  question: null,
  toggle: (key) =>
    set(({ closed }) => ({
      closed: new Set(closed.has(key) ? [...closed].filter((one) => one !== key) : [...closed, key]),
    })),
  searchFor: (search) => set({ search }),
  ask: (question) => set({ question }),
}))
