import { Cpu, KeyRound, Play, Square } from 'lucide-react'
import type { Action } from '../../../actions/action'
import type { App } from '../../../state/app'
import { localBrokerState } from '../../../state/localBroker'
import { startLocalBroker } from '../../../state/session'
import { localBrokerAccessState } from './localBrokerAccessState'

const phaseOf = (app: App) => app.get(localBrokerState).broker.phase

export const localBrokerActions: readonly Action<'window'>[] = [
  {
    id: 'localBroker.start',
    on: 'window',
    label: { key: 'actions.localBrokerStart' },
    buttonLabel: { key: 'connections.startBroker' },
    icon: Play,
    isShown: (app) => phaseOf(app) !== 'running',
    isEnabled: (app) => phaseOf(app) !== 'starting',
    run: (app) => void startLocalBroker(app),
  },
  {
    id: 'localBroker.stop',
    on: 'window',
    label: { key: 'actions.localBrokerStop' },
    buttonLabel: { key: 'connections.stopBroker' },
    icon: Square,
    isShown: (app) => phaseOf(app) === 'running',
    run: (app) => void app.get(localBrokerState).stop(),
  },
  {
    id: 'localBroker.access',
    on: 'window',
    label: { key: 'actions.localBrokerAccess' },
    icon: KeyRound,
    run: (app) => app.get(localBrokerAccessState).show(),
  },
  {
    id: 'localBroker.devices',
    on: 'window',
    label: (app) => ({
      key: app.get(localBrokerState).simulatedDevices ? 'actions.devicesStop' : 'actions.devicesStart',
    }),
    icon: Cpu,
    // Before it runs the choice is nothing that can be seen to start or stop.
    isShown: (app) => phaseOf(app) === 'running',
    run: (app) => {
      const { simulatedDevices, setSimulatedDevices } = app.get(localBrokerState)
      void setSimulatedDevices(!simulatedDevices)
    },
  },
]
