import { Radar } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ConnectionsPane } from './features/connections/ConnectionsPane'
import { SettingsDialog } from './features/settings/SettingsDialog'
import { Notices } from './shell/Notices'
import { PaneGroup } from './shell/PaneGroup'
import { Workspace } from './shell/Workspace'
import { useApp } from './store/useApp'
import { EmptyState } from './ui/EmptyState'

function Welcome() {
  const t = useTranslations('app')
  return (
    <main style={{ height: '100%' }}>
      <EmptyState icon={<Radar size={40} strokeWidth={1.2} />} title={t('welcomeTitle')}>
        {t('welcomeText')}
      </EmptyState>
    </main>
  )
}

/** The window: connections at the left, the workspace of the chosen one beside them. */
export function App() {
  const connectionId = useApp((state) => state.activeConnectionId)
  return (
    <>
      <PaneGroup
        id="window"
        orientation="horizontal"
        panes={[
          { id: 'connections', size: 16, minimum: 180, content: <ConnectionsPane /> },
          {
            id: 'work',
            size: 84,
            minimum: 640,
            content: connectionId === null ? <Welcome /> : <Workspace key={connectionId} connectionId={connectionId} />,
          },
        ]}
      />
      <SettingsDialog />
      <Notices />
    </>
  )
}
