import {
  Group,
  Panel,
  Separator,
  useGroupRef,
  usePanelRef,
  type PanelImperativeHandle,
  type PanelSize,
} from 'react-resizable-panels'
import { Fragment, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { settingsState } from '../../state/settings'
import { useAppObject } from '../../state/useApp'
import { ContentHeightContext } from '../../ui/contentHeight'
import { useIdSuffix } from './half'
import styles from './layout.module.css'
import { useFirstSizes, type SizedPane } from './useFirstSizes'

/** Its size holds until a person chooses another one. */
export interface Pane extends SizedPane {
  /** It is as high as its content tells, up to this part of the group, until the person chooses otherwise. */
  readonly fitsUpTo?: `${number}%`
  /** Pixels. */
  readonly minimum: number
  /** Of the group; so that it cannot push a pane behind its neighbour away. */
  readonly maximum?: `${number}%`
  /** It keeps its pixels when the window grows or shrinks. One pane of a group must not. */
  readonly keepsPixels?: boolean
  /** Called when it was made so small that it is meant to go; absent = it cannot be. */
  readonly onCollapse?: () => void
  readonly content: ReactNode
}

export interface PaneGroupProps {
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  readonly panes: readonly Pane[]
}

/** Resizable panes. Their sizes are remembered in the settings, for each set of panes that stand side by side. */
export function PaneGroup({ id: name, orientation, panes: given }: PaneGroupProps) {
  const t = useTranslations('app')
  const app = useAppObject()
  const suffix = useIdSuffix()
  const id = `${name}${suffix}`
  const panes = given.map((pane) => ({ ...pane, id: `${pane.id}${suffix}` }))
  const key = paneLayoutKey(
    id,
    panes.map((pane) => pane.id),
  )
  const saved = app.get(settingsState).settings.paneLayouts[key]
  const isChosen = () => key in app.get(settingsState).settings.paneLayouts
  const [refits, setRefits] = useState(0)
  const fitAgain = () => {
    const { settings, save } = app.get(settingsState)
    const { [key]: _chosen, ...others } = settings.paneLayouts
    void save({ paneLayouts: others })
    setRefits(refits + 1)
  }
  const fits = panes.some(({ fitsUpTo }) => fitsUpTo !== undefined)
  const take = (layout: Readonly<Record<string, number>>) => {
    const collapsed = panes.find((pane) => layout[pane.id] === 0)
    if (collapsed) return collapsed.onCollapse?.()
    const { settings, save } = app.get(settingsState)
    void save({ paneLayouts: { ...settings.paneLayouts, [key]: layout } })
  }
  const element = useRef<HTMLDivElement>(null)
  const group = useGroupRef()
  const arrange = useFirstSizes({ element, group, orientation, panes, isChosen: saved !== undefined })
  return (
    <Group
      id={id}
      elementRef={element}
      groupRef={group}
      orientation={orientation}
      className={styles.group}
      {...(saved ? { defaultLayout: saved } : {})}
      onLayoutChanged={(layout, { isUserInteraction }) => (isUserInteraction ? take(layout) : arrange())}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 ? (
            <Separator
              className={styles.separator}
              aria-label={t('resize')}
              {...(fits && { disableDoubleClick: true, onDoubleClick: fitAgain })}
            />
          ) : null}
          <ResizablePane pane={pane} isChosen={isChosen} refits={refits} />
        </Fragment>
      ))}
    </Group>
  )
}

const paneLayoutKey = (groupId: string, paneIds: readonly string[]): string => `${groupId}:${paneIds.join('+')}`

interface ResizablePaneProps {
  readonly pane: Pane
  readonly isChosen: () => boolean
  readonly refits: number
}

function ResizablePane({ pane, isChosen, refits }: ResizablePaneProps) {
  const { id, size, fitsUpTo, minimum, maximum = '100%', keepsPixels = false, onCollapse, content } = pane
  const panel = usePanelRef()
  const { tellHeight, fitToGroup } = useFit({ panel, fitsUpTo, isChosen, refits })
  const first = size ?? fitsUpTo
  return (
    <Panel
      id={id}
      panelRef={panel}
      minSize={minimum}
      maxSize={maximum}
      collapsible={onCollapse !== undefined}
      onResize={(now, _id, before) => {
        // The group remembers that it was collapsed when it went; what comes back is meant to be seen.
        if (before === undefined && now.inPixels === 0) panel.current?.expand()
        fitToGroup(now)
      }}
      groupResizeBehavior={keepsPixels ? 'preserve-pixel-size' : 'preserve-relative-size'}
      {...(first === undefined ? {} : { defaultSize: first })}
    >
      <ContentHeightContext value={tellHeight}>{content}</ContentHeightContext>
    </Panel>
  )
}

interface FitOptions {
  readonly panel: RefObject<PanelImperativeHandle | null>
  readonly fitsUpTo: Pane['fitsUpTo']
  /** The person has chosen a height, which stays. */
  readonly isChosen: () => boolean
  /** Another one when it is to fit anew. */
  readonly refits: number
}

/** Keeps a pane as high as its content, before the page is painted. */
const useFit = ({ panel, fitsUpTo, isChosen, refits }: FitOptions) => {
  // Told to the state and not to the pane: what is inside is there before the group is.
  const [height, tellHeight] = useState<number | null>(null)
  const fittedTo = useRef(0)
  const fit = () => {
    if (height === null || fitsUpTo === undefined || isChosen()) return
    const size = panel.current?.getSize()
    if (!size || size.asPercentage === 0) return
    const group = (size.inPixels / size.asPercentage) * 100
    fittedTo.current = group
    const wanted = Math.round(Math.min(height, (group * Number.parseFloat(fitsUpTo)) / 100))
    if (Math.abs(wanted - size.inPixels) >= 1) panel.current?.resize(wanted)
  }
  const latest = useRef(fit)
  useLayoutEffect(() => {
    latest.current = fit
  })
  useLayoutEffect(() => latest.current(), [height, refits])
  return {
    tellHeight,
    /** When the group became higher or lower, and not when a separator is dragged. */
    fitToGroup: ({ inPixels, asPercentage }: PanelSize) => {
      if (Math.abs((inPixels / asPercentage) * 100 - fittedTo.current) > 2) fit()
    },
  }
}
