import { Columns3 } from 'lucide-react'
import { printJsonPath } from '#shared/json/jsonPath'
import type { Action, Subjects } from '../../../actions/action'
import { settingsState } from '../../../state/settings'
import { messageColumns } from '../messageColumns'
import { arrangedColumns, withField, type Arrangement } from './columnArrangement'

const arrangedIn = ({ connection }: Subjects['value']): Arrangement =>
  arrangedColumns(connection.app.get(settingsState).settings.logColumns, messageColumns)

/** A field of payloads as a column of the log. */
export const columnActions: readonly Action<'value'>[] = [
  {
    id: 'value.column',
    on: 'value',
    label: { key: 'log.arrange.fieldOfValue' },
    icon: Columns3,
    contextGroup: 1,
    isShown: ({ path }) => path.length > 0,
    isEnabled: (value) =>
      !arrangedIn(value).some(({ id, show }) => id === printJsonPath(value.path) && show === 'shown'),
    run: (value) => {
      const next = withField(arrangedIn(value), printJsonPath(value.path))
      void value.connection.app.get(settingsState).save({ logColumns: [...next] })
    },
  },
]
