import { Radar } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Palette } from '../features/palette/Palette'
import { SettingsDialog } from '../features/settings/SettingsDialog'
import { connectionsState, selectInView } from '../state/connections'
import { useApp } from '../state/useApp'
import { ConnectionContext } from '../state/useConnection'
import { EmptyState } from '../ui/EmptyState'
import { ConnectionDialogs } from './ConnectionDialogs'
import { NativeMenu } from './NativeMenu'
import { Notices } from './Notices'
import { PaneGroup } from './PaneGroup'
import { paletteSources } from './paletteSources'
import { Sidebar } from './Sidebar'
import styles from './shell.module.css'
import { useTheme } from './useTheme'
import { Workspace } from './Workspace'

function Welcome() {
  const t = useTranslations('app')
  return (
    <EmptyState icon={<Radar size={40} strokeWidth={1.2} />} title={t('welcomeTitle')}>
      {t('welcomeText')}
    </EmptyState>
  )
}

/** The window: connections at the left, the workspace of the chosen one beside them. */
export function AppWindow() {
  useTheme()
  const connection = useApp(connectionsState, selectInView)
  return (
    <main className={styles.window}>
      <PaneGroup
        id="window"
        orientation="horizontal"
        panes={[
          { id: 'connections', size: 16, minimum: 180, content: <Sidebar /> },
          {
            id: 'work',
            size: 84,
            minimum: 640,
            content: connection ? (
              <ConnectionContext key={connection.serial} value={connection}>
                <Workspace />
              </ConnectionContext>
            ) : (
              <Welcome />
            ),
          },
        ]}
      />
      <ConnectionDialogs />
      <NativeMenu />
      <Palette sources={paletteSources} />
      <SettingsDialog />
      <Notices />
    </main>
  )
}
