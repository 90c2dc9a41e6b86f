import { Braces, Copy, Filter, FilterX } from 'lucide-react'
import { printJsonPath } from '#shared/json/jsonPath'
import type { Action, Subjects } from '../../../actions/action'
import type { FieldTest, QueryTerm } from '../../../model/query/queryTerm'
import { copyText } from '../../../state/clipboard'
import { logViewState } from '../../../state/logView'

type Value = Subjects['value']

/** What can be done with one value. Those with a label for buttons stand beside a chosen value as well. */
export const valueActions: readonly Action<'value'>[] = [
  {
    id: 'value.filter',
    on: 'value',
    label: { key: 'inspector.value.filter.label' },
    buttonLabel: { key: 'inspector.value.filter.word' },
    icon: Filter,
    contextGroup: 0,
    run: (value) => addTerm(value, false),
  },
  {
    id: 'value.exclude',
    on: 'value',
    label: { key: 'inspector.value.exclude.label' },
    buttonLabel: { key: 'inspector.value.exclude.word' },
    icon: FilterX,
    contextGroup: 0,
    run: (value) => addTerm(value, true),
  },
  {
    id: 'value.copyValue',
    on: 'value',
    label: { key: 'inspector.value.copyValue.label' },
    buttonLabel: { key: 'inspector.value.copyValue.word' },
    icon: Copy,
    contextGroup: 0,
    run: ({ connection, text }) => void copyText(connection.app, text),
  },
  {
    id: 'value.copyPath',
    on: 'value',
    label: { key: 'inspector.value.copyPath.label' },
    buttonLabel: { key: 'inspector.value.copyPath.word' },
    icon: Braces,
    contextGroup: 0,
    run: ({ connection, path }) => void copyText(connection.app, printJsonPath(path)),
  },
]

/** That a message has this value at this place; of an object or an array, that it has one there. */
const addTerm = (value: Value, not: boolean): void => {
  const test: QueryTerm['test'] = {
    kind: 'field',
    field: { source: 'payload', path: value.path },
    test: fieldTestOf(value),
  }
  value.connection.get(logViewState).addTerm({ not, test })
}

const fieldTestOf = (found: Value): FieldTest => {
  switch (found.kind) {
    case 'container':
      return { op: 'exists' }
    case 'number':
      return { op: '=', value: { type: 'number', text: found.text } }
    case 'text':
      return { op: '=', value: { type: 'text', text: found.text } }
    case 'word': {
      const { text } = found
      const word = text === 'true' || text === 'false' || text === 'null' ? text : null
      return word === null ? { op: 'exists' } : { op: '=', value: { type: 'word', word } }
    }
  }
}
