import { X } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { StateLabel } from '../features/connections/list/StateLabel'
import { connectionsState } from '../state/connections'
import { selectSessionState, sessionState } from '../state/session'
import { useApp } from '../state/useApp'
import { ConnectionContext, useConnection, useConnectionObject } from '../state/useConnection'
import { useEntry } from '../state/useEntry'
import { LandmarkContext } from '../state/useLandmarkName'
import { IconButton } from '../ui/IconButton'
import { VisibleName } from '../ui/VisibleText'
import { HalfContext, type Half } from './layout/half'
import { layoutState } from './layout/layoutState'
import { PaneGroup, type Pane } from './layout/PaneGroup'
import styles from './shell.module.css'
import { Workspace } from './Workspace'

/** The workspace of the connection in view, or two beside each other. */
export function Halves() {
  const all = useApp(connectionsState, (state) => state.all)
  const inSight = useApp(connectionsState, (state) => state.inSight)
  const panes = inSight.flatMap((id, index): Pane[] => {
    const connection = all.get(id)
    // By its place, so that the one at the left stays as it is when another comes beside it.
    return connection
      ? [
          {
            id: `half-${index}`,
            minimum: 320,
            content: (
              <ConnectionContext value={connection}>
                <HalfContext value={index === 0 ? 0 : 1}>
                  <HalfOfWindow half={index === 0 ? 0 : 1} isSplit={inSight.length > 1} />
                </HalfContext>
              </ConnectionContext>
            ),
          },
        ]
      : []
  })
  return <PaneGroup id="halves" orientation="horizontal" panes={panes} />
}

interface HalfProps {
  readonly half: Half
  /** There are two. */
  readonly isSplit: boolean
}

/** Where the focus goes, there is the connection in view. */
function HalfOfWindow({ half, isSplit }: HalfProps) {
  const { id } = useConnectionObject()
  const name = visibleName(useEntry()?.profile.name ?? '')
  const isInView = useApp(connectionsState, ({ inViewId }) => inViewId === id)
  const show = useApp(connectionsState, (connections) => connections.show)
  const element = useFit(half, isSplit)
  const bringIntoView = () => !isInView && show(id)
  return (
    <div
      ref={element}
      className={styles.half}
      {...(isSplit && {
        role: 'region',
        'aria-label': name,
        'data-in-view': isInView,
        onFocusCapture: bringIntoView,
        onPointerDownCapture: bringIntoView,
      })}
    >
      {isSplit ? <HalfHead /> : null}
      <LandmarkContext value={half === 0 ? '' : name}>
        <Workspace isLast={!isSplit || half === 1} />
      </LandmarkContext>
    </div>
  )
}

/** Says whose half it is and how it stands, and closes it. */
function HalfHead() {
  const t = useTranslations('connections')
  const { id } = useConnectionObject()
  const entry = useEntry()
  const state = useConnection(sessionState, selectSessionState)
  const leaveSight = useApp(connectionsState, (connections) => connections.leaveSight)
  return (
    <div className={styles.halfHead} data-colour={entry?.profile.colour}>
      <span className={styles.halfName}>
        <VisibleName text={entry?.profile.name ?? ''} />
      </span>
      <StateLabel state={state} />
      <IconButton label={t('leaveSight')} icon={<X size={14} />} onClick={() => leaveSight(id)} />
    </div>
  )
}

/** Tells the layout how much room there is: of two beside each other each has its own width, one alone has the window's. */
const useFit = (half: Half, isSplit: boolean) => {
  const element = useRef<HTMLDivElement>(null)
  const window = useApp(layoutState, (state) => state.size)
  const resizeHalf = useApp(layoutState, (state) => state.resizeHalf)
  useLayoutEffect(() => {
    const { current: box } = element
    if (!isSplit || !box) return resizeHalf(half, window)
    const fit = () => resizeHalf(half, { width: box.clientWidth, height: window.height })
    fit()
    const observer = new ResizeObserver(fit)
    observer.observe(box)
    return () => observer.disconnect()
  }, [half, isSplit, window, resizeHalf])
  return element
}
