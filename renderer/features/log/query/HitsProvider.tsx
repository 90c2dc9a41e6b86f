import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { hitsOf, noHits, type Hits } from '../../../model/query/hits'
import type { QueryPart } from '../../../model/query/parseQuery'

const HitsContext = createContext<Hits>(noHits)

interface HitsProviderProps {
  readonly parts: readonly QueryPart[]
  readonly children: ReactNode
}

/** Tells the rows inside what the query has found, so that they mark it. */
export function HitsProvider({ parts, children }: HitsProviderProps) {
  const hits = useMemo(() => hitsOf(parts), [parts])
  return <HitsContext value={hits}>{children}</HitsContext>
}

export const useHits = (): Hits => useContext(HitsContext)
