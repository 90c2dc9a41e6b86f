import { Group, Panel, Separator } from 'react-resizable-panels'
import { Fragment, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { settingsState } from '../state/settings'
import { useAppObject } from '../state/useApp'
import styles from './shell.module.css'

export interface Pane {
  readonly id: string
  /** Percent of the group until the person chooses otherwise. */
  readonly size: number
  /** Pixels. */
  readonly minimum: number
  readonly content: ReactNode
}

export interface PaneGroupProps {
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  readonly panes: readonly Pane[]
}

/** Resizable panes whose sizes are remembered in the settings under the group's id. */
export function PaneGroup({ id, orientation, panes }: PaneGroupProps) {
  const t = useTranslations('app')
  const app = useAppObject()
  const saved = app.get(settingsState).settings.paneLayouts[id]
  const remember = (layout: Record<string, number>) => {
    const { settings, save } = app.get(settingsState)
    void save({ paneLayouts: { ...settings.paneLayouts, [id]: layout } })
  }
  return (
    <Group
      id={id}
      orientation={orientation}
      className={styles.group}
      {...(saved ? { defaultLayout: saved } : {})}
      onLayoutChanged={(layout, { isUserInteraction }) => isUserInteraction && remember(layout)}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 ? <Separator className={styles.separator} aria-label={t('resize')} /> : null}
          <Panel id={pane.id} defaultSize={`${pane.size}%`} minSize={pane.minimum}>
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  )
}
