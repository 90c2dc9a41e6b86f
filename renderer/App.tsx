import { Radar } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ConnectionDetailsDialog } from './features/connections/details/ConnectionDetailsDialog'
import { CoverageDialog } from './features/coverage/CoverageDialog'
import { RetainedDialog } from './features/retained/RetainedDialog'
import { SettingsDialog } from './features/settings/SettingsDialog'
import { useTheme } from './features/settings/useTheme'
import { SubscriptionEditor } from './features/subscriptions/SubscriptionEditor'
import { Notices } from './shell/Notices'
import { PaneGroup } from './shell/PaneGroup'
import { Sidebar } from './shell/Sidebar'
import styles from './shell/shell.module.css'
import { Workspace } from './shell/Workspace'
import { useApp } from './store/useApp'
import { EmptyState } from './ui/EmptyState'

function Welcome() {
  const t = useTranslations('app')
  return (
    <EmptyState icon={<Radar size={40} strokeWidth={1.2} />} title={t('welcomeTitle')}>
      {t('welcomeText')}
    </EmptyState>
  )
}

/** The window: connections at the left, the workspace of the chosen one beside them. */
export function App() {
  useTheme()
  const connectionId = useApp((state) => state.activeConnectionId)
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
            content: connectionId === null ? <Welcome /> : <Workspace key={connectionId} connectionId={connectionId} />,
          },
        ]}
      />
      <RetainedDialog />
      <CoverageDialog>
        <SubscriptionEditor />
      </CoverageDialog>
      <ConnectionDetailsDialog />
      <SettingsDialog />
      <Notices />
    </main>
  )
}
