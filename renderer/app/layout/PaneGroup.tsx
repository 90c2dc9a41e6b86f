import { Group, Panel, Separator, useGroupRef, usePanelRef } from 'react-resizable-panels'
import { Fragment, useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { settingsState } from '../../state/settings'
import { useAppObject } from '../../state/useApp'
import { useIdSuffix } from './half'
import styles from './layout.module.css'
import { useFirstSizes, type SizedPane } from './useFirstSizes'

/** Its size holds until a person chooses another one. */
export interface Pane extends SizedPane {
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
          {index > 0 ? <Separator className={styles.separator} aria-label={t('resize')} /> : null}
          <ResizablePane pane={pane} />
        </Fragment>
      ))}
    </Group>
  )
}

const paneLayoutKey = (groupId: string, paneIds: readonly string[]): string => `${groupId}:${paneIds.join('+')}`

function ResizablePane({ pane }: { readonly pane: Pane }) {
  const { id, size, minimum, maximum = '100%', keepsPixels = false, onCollapse, content } = pane
  const panel = usePanelRef()
  return (
    <Panel
      id={id}
      panelRef={panel}
      minSize={minimum}
      maxSize={maximum}
      collapsible={onCollapse !== undefined}
      // The group remembers that it was collapsed when it went; what comes back is meant to be seen.
      onResize={({ inPixels }, _id, before) => before === undefined && inPixels === 0 && panel.current?.expand()}
      groupResizeBehavior={keepsPixels ? 'preserve-pixel-size' : 'preserve-relative-size'}
      {...(size === undefined ? {} : { defaultSize: size })}
    >
      {content}
    </Panel>
  )
}
