import { Save } from 'lucide-react'
import type { AnyAction } from '../../actions/action'
import { countMeantWith, rangesMeantWith } from '../../state/chosenMessages'
import { connectionInView } from '../../state/connections'
import type { Connection } from '../../state/app'
import { dialogsState } from '../../state/dialogs'
import type { ExportChoice } from '../../state/exportedRows'
import { logViewState } from '../../state/logView'
import { formatCount } from '../../ui/format'

const open = (connection: Connection, meant: ExportChoice) =>
  connection.app.get(dialogsState).show(connection, { kind: 'exportMessages', meant })

/** What a query shows is what somebody looked for; without one it is everything. */
const openFor = (connection: Connection) =>
  open(connection, { kind: connection.get(logViewState).query === '' ? 'all' : 'shown' })

export const exportActions: readonly AnyAction[] = [
  {
    id: 'exportMessages',
    on: 'window',
    label: { key: 'messageExport.ofConnection' },
    icon: Save,
    nativeMenu: { menu: 'file', group: 1 },
    isEnabled: (app) => connectionInView(app) !== null,
    run: (app) => {
      const connection = connectionInView(app)
      if (connection) openFor(connection)
    },
  },
  {
    id: 'connection.exportMessages',
    on: 'connection',
    label: { key: 'messageExport.ofConnection' },
    icon: Save,
    contextGroup: 0,
    inPalette: false,
    run: openFor,
  },
  {
    id: 'topic.export',
    on: 'topic',
    label: { key: 'messageExport.below' },
    icon: Save,
    contextGroup: 3,
    run: ({ connection, node }) => open(connection, { kind: 'topics', filter: `${node.topic}/#` }),
  },
  {
    id: 'message.export',
    on: 'message',
    label: ({ connection, message }) => {
      const messages = countMeantWith(connection, message)
      return { key: 'log.menu.export', values: { messages, count: formatCount(messages) } }
    },
    icon: Save,
    contextGroup: 3,
    inPalette: false,
    run: ({ connection, message }) =>
      open(connection, { kind: 'chosen', ranges: rangesMeantWith(connection, message) }),
  },
]
