// Why it is so: build/docs/decisions/67-views-are-kept.md
import { Activity, Component, memo, useInsertionEffect, useMemo, useState, type ComponentType } from 'react'
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
  const [{ attach, show }] = useState(createViewPlace)
  return (
    <>
      <div ref={attach} style={{ display: 'contents' }} />
      {kept
        .toSorted((one, other) => one.serial - other.serial)
        .map((one) => (
          <KeptView key={one.serial} connection={one} isShown={one === connection} show={show} View={View} />
        ))}
    </>
  )
}

interface KeptViewProps extends KeptViewsProps {
  readonly connection: Connection
  readonly isShown: boolean
  readonly show: ViewPlace['show']
}

/** Not drawn again for what is around it: only the connection, and whether it is shown, are its own. */
const KeptView = memo(function KeptView({ connection, isShown, show, View }: KeptViewProps) {
  const [box] = useState(createViewBox)
  // Before any layout effect: all views are in the document when the first of them measures, so that they are laid out once.
  useInsertionEffect(() => (isShown ? show(box) : undefined), [isShown, show, box])
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
      <Places box={box} isShown={isShown} />
      {createPortal(<Activity mode={isShown ? 'visible' : 'hidden'}>{content}</Activity>, box.content)}
    </>
  )
})

interface PlacesProps {
  readonly box: ViewBox
  readonly isShown: boolean
}

/**
 * Notes where the view stands before anything of the page is changed, when that costs no layout, and puts it back before
 * the effects of the view look, since it stands before it. Only a class is told of the first.
 */
class Places extends Component<PlacesProps> {
  override getSnapshotBeforeUpdate({ isShown }: PlacesProps) {
    if (isShown && !this.props.isShown) this.props.box.note()
    return null
  }

  override componentDidUpdate({ isShown }: PlacesProps) {
    if (!isShown && this.props.isShown) this.props.box.putBack()
  }

  override render() {
    return null
  }
}
