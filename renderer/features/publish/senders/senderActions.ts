import { CircleStop, ListPlus, Plus } from 'lucide-react'
import { senderLimits } from '#shared/model/sender'
import type { AnyAction } from '../../../actions/action'
import { planFor } from '../../../model/senderPlan'
import { countMeantWith, meantWith } from '../../../state/chosenMessages'
import { connectionInView } from '../../../state/connections'
import { dialogsState } from '../../../state/dialogs'
import { sendersState } from '../../../state/senders'
import { emptyMessage } from '#shared/model/publish'
import { devicesState } from '../devices/devicesState'
import { loggedSteps } from './plan/loggedSteps'
import { sendableFrom } from './plan/sentMessages'
import { draftIn } from '../publishState'

export const senderActions: readonly AnyAction[] = [
  {
    id: 'sender.new',
    on: 'window',
    label: { key: 'actions.newSender' },
    buttonLabel: { key: 'senders.new' },
    icon: Plus,
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => {
      const connection = connectionInView(app)
      const plan = planFor({ kind: 'message', message: emptyMessage })
      if (connection) app.get(dialogsState).show(connection, { kind: 'sender', plan })
    },
  },
  {
    id: 'sender.stopAll',
    on: 'window',
    label: { key: 'actions.stopAllSenders' },
    buttonLabel: { key: 'senders.stopAll' },
    icon: CircleStop,
    shortcut: 'CmdOrCtrl+Shift+X',
    nativeMenu: { menu: 'messages', group: 0 },
    isEnabled: (app) =>
      app.get(sendersState).all.some(({ end }) => end === null) ||
      app.get(devicesState).statuses.some(({ isRunning }) => isRunning),
    run: (app) => app.get(sendersState).stopAll(),
  },
  {
    id: 'draft.asSender',
    on: 'connection',
    needsBroker: true,
    label: { key: 'senders.draftAsSender' },
    buttonLabel: { key: 'senders.asSender' },
    icon: ListPlus,
    run: (connection) => {
      const draft = draftIn(connection)
      const everyMs = Number(draft.everyMs) || 1_000
      const plan = planFor(
        { kind: 'message', ...sendableFrom(connection.app, draft) },
        { name: draft.name, pace: { kind: 'interval', everyMs } },
      )
      connection.app.get(dialogsState).show(connection, { kind: 'sender', plan })
    },
  },
  {
    id: 'message.asSender',
    on: 'message',
    needsBroker: true,
    label: { key: 'senders.messagesAsSender' },
    icon: ListPlus,
    contextGroup: 1,
    isEnabled: ({ connection, message }) => countMeantWith(connection, message) <= senderLimits.steps,
    run: ({ connection, message }) => {
      const steps = loggedSteps(connection, meantWith(connection, message))
      if (steps.length === 0) return
      const plan = planFor({ kind: 'list', steps, loops: false })
      connection.app.get(dialogsState).show(connection, { kind: 'sender', plan })
    },
  },
]
