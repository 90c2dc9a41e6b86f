import { later } from '../ui/later'

// Views that are rarely in front when the application starts: each is loaded when it is first shown, or when nothing else is
// to be done.
export const BrokerPane = later(async () => (await import('../features/connections/broker/BrokerPane')).BrokerPane)
export const ChartsPane = later(async () => (await import('../features/charts/ChartsPane')).ChartsPane)
export const FaultsPane = later(async () => (await import('../features/faults/FaultsPane')).FaultsPane)
export const PacketsPane = later(async () => (await import('../features/packets/PacketsPane')).PacketsPane)
export const CollectionsPane = later(
  async () => (await import('../features/publish/collections/CollectionsPane')).CollectionsPane,
)
export const DevicesPane = later(async () => (await import('../features/publish/devices/DevicesPane')).DevicesPane)
export const MeterPane = later(async () => (await import('../features/publish/meter/MeterPane')).MeterPane)
export const RequestsPane = later(async () => (await import('../features/publish/requests/RequestsPane')).RequestsPane)
export const SendersPane = later(async () => (await import('../features/publish/senders/SendersPane')).SendersPane)
export const SchemasPane = later(async () => (await import('../features/schemas/SchemasPane')).SchemasPane)
export const ScriptsPane = later(async () => (await import('../features/scripts/ScriptsPane')).ScriptsPane)
export const SparkplugPane = later(async () => (await import('../features/sparkplug/SparkplugPane')).SparkplugPane)
export const WatchPane = later(async () => (await import('../features/watch/WatchPane')).WatchPane)
