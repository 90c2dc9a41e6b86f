import { Radar } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { connectionsState, selectInView } from '../state/connections'
import { settingsState } from '../state/settings'
import { useApp, useAppObject } from '../state/useApp'
import { EmptyState } from '../ui/EmptyState'
import { Halves } from './Halves'
import { firstWidth } from './layout/fit'
import { layoutState, selectLayout, standsBeside } from './layout/layoutState'
import { PaneGroup, type Pane } from './layout/PaneGroup'
import { Sheet } from './layout/Sheet'
import { WindowDialogs } from './laterDialogs'
import { NativeMenu } from './NativeMenu'
import { Notices } from './Notices'
import { Sidebar } from './Sidebar'
import styles from './shell.module.css'
import { TopBar } from './TopBar'
import { ViewWindows } from './viewWindows/ViewWindows'
import { useTheme } from './useTheme'

function Welcome() {
  const t = useTranslations('app')
  return (
    <EmptyState icon={<Radar size={40} strokeWidth={1.2} />} title={t('welcomeTitle')}>
      {t('welcomeText')}
    </EmptyState>
  )
}

/** The window: what is open over everything, the list of connections at the left, the workspaces beside it. */
export function AppWindow() {
  useTheme()
  const connection = useApp(connectionsState, selectInView)
  const listOpen = useApp(settingsState, (state) => selectLayout(state).connectionsOpen)
  const { size, listOver, openSide } = useApp(layoutState, (state) => state)
  const work: Pane = {
    id: 'work',
    minimum: 320,
    content: connection ? <Halves /> : <Welcome />,
  }
  const list: Pane = {
    id: 'connections',
    size: firstWidth('connections', size),
    minimum: 160,
    keepsPixels: true,
    onCollapse: () => openSide('connections', false),
    content: <Sidebar />,
  }
  const isBeside = standsBeside(useAppObject(), 'connections')
  return (
    <main className={styles.window}>
      <TopBar />
      <div className={styles.body}>
        <PaneGroup id="window" orientation="horizontal" panes={isBeside && listOpen ? [list, work] : [work]} />
        {listOver && !isBeside ? (
          <Sheet side="connections">
            <Sidebar />
          </Sheet>
        ) : null}
      </div>
      <ViewWindows />
      <WindowDialogs />
      <NativeMenu />
      <Notices />
    </main>
  )
}
