import type { Layout } from '#shared/model/layout'
import type { Settings } from '#shared/model/settings'
import { firstLayout, withAreaOpen, type ViewPlace } from './layout'

export type PresetId = 'inspect' | 'publish' | 'wide'

interface Preset {
  readonly layoutOf: (views: readonly ViewPlace[]) => Layout
  /** Other sizes than the panes have at first. */
  readonly paneLayouts: Settings['paneLayouts']
}

/** Layouts for one kind of work each. */
export const presets: Readonly<Record<PresetId, Preset>> = {
  /** Everything in its first place: what one selects is read at the right. */
  inspect: { layoutOf: firstLayout, paneLayouts: {} },
  /** The composer has most of the room under a short log. */
  publish: { layoutOf: firstLayout, paneLayouts: { 'middle-areas:centre+bottom': { centre: 40, bottom: 60 } } },
  /** Nothing but the log and the details of its messages. */
  wide: {
    layoutOf: (views) => ({
      ...withAreaOpen(withAreaOpen(firstLayout(views), 'left', false), 'bottom', false),
      connectionsOpen: false,
    }),
    paneLayouts: {},
  },
}
