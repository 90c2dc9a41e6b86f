// Why it is so: build/docs/decisions/95-what-is-not-in-sight-is-loaded-later.md
import { WindowDialogs } from './laterDialogs'
import * as front from './laterFront'
import * as panes from './laterPanes'

const loadsOf = (parts: Readonly<Record<string, { readonly load: () => Promise<void> }>>) =>
  Object.values(parts).map(({ load }) => load)

/** Loads what of a connection is in sight. */
export const loadFrontViews = async (): Promise<void> => {
  await Promise.all(loadsOf(front).map((load) => load()))
}

/** All that is not there at the start, in the order in which it is likely to be needed. */
export const laterLoads = [...loadsOf(front), WindowDialogs.load, ...loadsOf(panes)]
