import type { AnyAction } from '../actions/action'
import { chartActions, topicChartActions } from '../features/charts/chartActions'
import { connectionActions } from '../features/connections/connectionActions'
import { coverageActions } from '../features/coverage/coverageActions'
import { environmentActions } from '../features/environments/environmentActions'
import { exportingActions } from '../features/exporting/exportingActions'
import { importingActions } from '../features/importing/importingActions'
import { detailsActions } from '../features/inspector/detailsActions'
import { valueActions } from '../features/inspector/payload/valueActions'
import { columnActions } from '../features/log/columns/columnActions'
import { logActions } from '../features/log/logActions'
import { messageActions } from '../features/log/messageActions'
import { packetActions } from '../features/packets/packetActions'
import { exportActions } from '../features/messageExport/exportActions'
import { paletteActions } from '../features/palette/paletteActions'
import { probeActions } from '../features/probe/probeActions'
import { collectionActions } from '../features/publish/collections/collectionActions'
import { publishActions } from '../features/publish/publishActions'
import { responderActions } from '../features/publish/responder/responderActions'
import { senderActions } from '../features/publish/senders/senderActions'
import { recordingActions } from '../features/recordings/recordingActions'
import { retainedActions } from '../features/retained/retainedActions'
import { schemaActions } from '../features/schemas/schemaActions'
import { settingsActions } from '../features/settings/settingsActions'
import { subscribeActions } from '../features/subscriptions/subscribeActions'
import { topicActions } from '../features/topicTree/topicActions'
import { treeActions } from '../features/topicTree/treeActions'
import { watchActions } from '../features/watch/watchActions'
import { layoutActions } from './layout/layoutActions'

/** Everything a person can do, in the order in which menus and the command palette show it. */
export const allActions: readonly AnyAction[] = [
  ...paletteActions,
  ...connectionActions,
  ...importingActions,
  ...exportingActions,
  ...recordingActions,
  ...settingsActions,
  ...retainedActions,
  ...coverageActions,
  ...publishActions,
  ...collectionActions,
  ...responderActions,
  ...senderActions,
  ...environmentActions,
  ...treeActions,
  ...topicActions,
  ...topicChartActions,
  ...subscribeActions,
  ...probeActions,
  ...logActions,
  ...messageActions,
  ...schemaActions,
  ...packetActions,
  ...exportActions,
  ...detailsActions,
  ...valueActions,
  ...chartActions,
  ...columnActions,
  ...watchActions,
  ...layoutActions,
]
