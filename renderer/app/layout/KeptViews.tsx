import { Activity, memo, useInsertionEffect, useLayoutEffect, useMemo, useState, type ComponentType } from 'react'
import { createPortal } from 'react-dom'
import type { Connection } from '../../state/app'
import { connectionsState } from '../../state/connections'
import { useApp } from '../../state/useApp'
import { KeptConnectionContext, useConnectionObject } from '../../state/useConnection'
import { OverlayContainerContext } from '../../ui/overlayContainer'
import { createViewBox, createViewPlace, type ViewBox, type ViewPlace } from './viewBox'

/** Of so many open connections a view is kept: to draw all views of a connection anew takes longer than a glance. */
const mostKept = 3

interface KeptViewsProps {
  readonly View: ComponentType
}

/**
 * The view of the connection around it, and out of the document those of the connections that were there before. A view
 * that is kept takes part in nothing: its effects have ended, it hears of no message and is not drawn.
 */
export function KeptViews({ View }: KeptViewsProps) {
  const connection = useConnectionObject()
  const all = useApp(connectionsState, (state) => state.all)
  const tabs = useApp(connectionsState, (state) => state.tabs)
  const [recent, setRecent] = useState<readonly Connection[]>([connection])
  const isOpen = (one: Connection) => all.get(one.id) === one && tabs.includes(one.id)
  const kept = [connection, ...recent.filter((one) => one !== connection && isOpen(one))].slice(0, mostKept)
  if (kept.length !== recent.length || kept.some((one, place) => one !== recent[place])) setRecent(kept)
  const [place] = useState(createViewPlace)
  return (
    <>
      <div ref={place.attach} style={{ display: 'contents' }} />
      {kept
        .toSorted((one, other) => one.serial - other.serial)
        .map((one) => (
          <KeptView key={one.serial} connection={one} isShown={one === connection} place={place} View={View} />
        ))}
    </>
  )
}

interface KeptViewProps extends KeptViewsProps {
  readonly connection: Connection
  readonly isShown: boolean
  readonly place: ViewPlace
}

/** Not drawn again for what is around it: only the connection, and whether it is shown, are its own. */
const KeptView = memo(function KeptView({ connection, isShown, place, View }: KeptViewProps) {
  const [box] = useState(createViewBox)
  // Before any layout effect: all views are in the document when the first of them measures, so that they are laid out once.
  useInsertionEffect(() => (isShown ? place.show(box) : undefined), [isShown, place, box])
  // One and the same element: coming and going is no reason to draw the view.
  const content = useMemo(
    () => (
      <OverlayContainerContext value={box.overlays}>
        <KeptConnectionContext value={connection}>
          <View />
        </KeptConnectionContext>
      </OverlayContainerContext>
    ),
    [box, connection, View],
  )
  return (
    <>
      {isShown ? <PutBack box={box} /> : null}
      {createPortal(<Activity mode={isShown ? 'visible' : 'hidden'}>{content}</Activity>, box.content)}
    </>
  )
})

/** It stands before the view, so that what is in it is scrolled as it was before the effects of the view look. */
function PutBack({ box }: { readonly box: ViewBox }) {
  useLayoutEffect(() => box.putBack(), [box])
  return null
}
