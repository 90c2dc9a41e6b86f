import type { LucideIcon } from 'lucide-react'
import type { MessageKey } from '#shared/i18n/words'
import type { App } from '../state/app'
import type { ActionText } from './action'

/** Something that can be chosen in the command palette. */
export interface PaletteItem {
  /** Differs from those of all other items, also of other sources. */
  readonly id: string
  readonly icon: LucideIcon
  /** What is searched and shown: words of the catalogues, or a name as a person or a broker wrote it. */
  readonly text: ActionText | string
  readonly detail?: string
  /** Keys that do the same. */
  readonly keys?: string
  readonly run: () => void
}

interface ListSource {
  /** Asked when the palette opens. */
  readonly itemsOf: (app: App) => readonly PaletteItem[]
}

/** Very many names are searched a slice a frame, and only those that are shown become items. */
interface NamesSource {
  /** Absent ones are passed over. */
  readonly namesOf: (app: App) => readonly (string | undefined)[]
  readonly itemOf: (app: App, name: string) => PaletteItem
}

/** One kind of things in the command palette. */
export type PaletteSource = { readonly id: string; readonly label: MessageKey } & (ListSource | NamesSource)
