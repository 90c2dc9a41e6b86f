import { Cable } from 'lucide-react'
import type { PaletteSource } from '../../actions/paletteSource'
import type { App } from '../../state/app'
import { profilesState } from '../../state/profiles'
import { connectionsState } from '../../state/connections'
import { localBrokerState } from '../../state/localBroker'
import { addressOf } from './connectionFacts'

/** Every saved connection; choosing one brings it into view. */
export const connectionSource: PaletteSource = {
  id: 'connections',
  label: 'palette.groups.connections',
  itemsOf: (app) =>
    app.get(profilesState).entries.map(({ profile }) => ({
      id: `connection ${profile.id}`,
      icon: Cable,
      text: profile.name,
      detail: profile.kind === 'recording' ? '' : addressOf(profile, localPortOf(app)),
      run: () => app.get(connectionsState).show(profile.id),
    })),
}

const localPortOf = (app: App) => {
  const { broker } = app.get(localBrokerState)
  return broker.phase === 'running' ? broker.port : null
}
