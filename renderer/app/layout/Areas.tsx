import { useCallback } from 'react'
import type { Area, AreaId } from '#shared/model/layout'
import { useApp } from '../../state/useApp'
import { viewNamed } from '../workspaceViews'
import { firstWidth, hasRoom, type EdgeId } from './fit'
import styles from './layout.module.css'
import { layoutState, useHalfLayout, useLayoutInSight } from './layoutState'
import { PaneGroup, type Pane } from './PaneGroup'
import { Sheet } from './Sheet'
import { StackPane } from './StackPane'

/** All views of a connection, where the layout has them; what has no room beside the rest lies over it. */
export function Areas() {
  const { areas } = useLayoutInSight()
  const { size, sheet, maximised } = useHalfLayout((half) => half)
  const arranged = useApp(layoutState, (state) => state.arranged)
  const openSide = useApp(layoutState, (state) => state.openSide)
  const isDocked = (side: EdgeId) => areas[side].open && areas[side].stacks.length > 0 && hasRoom(side, size)
  const close = useCallback((side: EdgeId) => () => openSide(side, false), [openSide])
  if (maximised !== null)
    return (
      <div className={styles.areas}>
        <StackPane area="centre" stack={{ views: [maximised], shown: maximised }} />
      </div>
    )

  const stacksOf = (area: AreaId) => <Stacks id={area} area={areas[area]} />
  const sideOf = (id: 'left' | 'right'): Pane => ({
    id,
    size: firstWidth(id, size),
    minimum: 220,
    maximum: id === 'left' ? '40%' : '50%',
    keepsPixels: true,
    onCollapse: close(id),
    content: stacksOf(id),
  })
  const middle: Pane[] = [
    { id: 'centre', minimum: 120, content: stacksOf('centre') },
    ...(isDocked('bottom')
      ? [
          {
            id: 'bottom',
            size: 252,
            // Three lines of payload, with what stands over and under them.
            minimum: 228,
            keepsPixels: true,
            onCollapse: close('bottom'),
            content: stacksOf('bottom'),
          },
        ]
      : []),
  ]
  const columns: Pane[] = [
    ...(isDocked('left') ? [sideOf('left')] : []),
    {
      id: 'middle',
      minimum: 320,
      content: <PaneGroup id="middle-areas" orientation="vertical" panes={middle} />,
    },
    ...(isDocked('right') ? [sideOf('right')] : []),
  ]
  return (
    <div className={styles.areas}>
      <PaneGroup key={arranged} id="columns" orientation="horizontal" panes={columns} />
      {sheet !== null && areas[sheet].stacks.length > 0 ? <Sheet side={sheet}>{stacksOf(sheet)}</Sheet> : null}
    </div>
  )
}

/** The stacks of an area, one below the other. */
function Stacks({ id, area }: { readonly id: AreaId; readonly area: Area }) {
  // By its place and not by its views, so that nothing is drawn anew when a tab comes or goes.
  const panes = area.stacks.map((stack, index): Pane => {
    const { minimum, fitsUpTo } = viewNamed(stack.shown)
    return {
      id: `${id}-${index}`,
      minimum,
      ...(fitsUpTo && area.stacks.length > 1 ? { fitsUpTo } : {}),
      content: <StackPane area={id} stack={stack} closesArea={index === 0} />,
    }
  })
  return <PaneGroup id={`area-${id}`} orientation="vertical" panes={panes} />
}
