import { ChartLine, ChartNoAxesCombined } from 'lucide-react'
import { visibleName } from '#shared/text/visibleText'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { printJsonPath } from '#shared/json/jsonPath'
import type { Action, Subjects } from '../../actions/action'
import { writtenNumber } from '../../model/logSearch/writtenNumber'
import { isHead } from '../../model/messageLog/payloadHead'
import type { Connection } from '../../state/app'
import { chartsState, type ChosenField } from '../../state/charts'
import { connectionsState } from '../../state/connections'
import { profilesState, selectEntry } from '../../state/profiles'
import { decodedState } from '../../state/decoded'
import { numberPaths } from './numberPaths'

const charts = ({ connection }: Pick<Subjects['value'], 'connection'>) => connection.get(chartsState)

const fieldOf = ({ topic, path, text }: Subjects['value']): ChosenField => ({ topic, path, text })

const nameOf = ({ app, id }: Connection): string =>
  visibleName(selectEntry(id)(app.get(profilesState))?.profile.name ?? '')

/** A field of payloads in a chart, from the oldest message of the log on. */
export const chartActions: readonly Action<'value'>[] = [
  {
    id: 'value.chart',
    on: 'value',
    label: { key: 'charts.actions.chart' },
    buttonLabel: { key: 'charts.actions.word' },
    icon: ChartLine,
    contextGroup: 1,
    isShown: ({ kind }) => kind !== 'container',
    run: (value) => charts(value).chart(fieldOf(value)),
  },
  {
    id: 'value.chartAlong',
    on: 'value',
    label: { key: 'charts.actions.along' },
    icon: ChartNoAxesCombined,
    contextGroup: 1,
    isShown: ({ kind }) => kind !== 'container',
    isEnabled: (value) => charts(value).charts.length > 0,
    run: (value) => charts(value).chartAlong(fieldOf(value)),
  },
  {
    id: 'value.chartElsewhere',
    on: 'value',
    label: { key: 'charts.actions.elsewhere' },
    icon: ChartNoAxesCombined,
    contextGroup: 1,
    isShown: (value) => value.kind !== 'container' && otherCharts(value).length > 0,
    choicesOf: (value) => ({
      choices: otherCharts(value).map((other) => ({
        label: { key: 'charts.actions.ofConnection', values: { name: nameOf(other) } },
        run: () => {
          other.app.get(connectionsState).show(other.id)
          other.get(chartsState).chartAlong({ ...fieldOf(value), connectionId: value.connection.id })
        },
      })),
    }),
  },
]

/** The newest chart of each other connection that has one. */
const otherCharts = ({ connection }: Subjects['value']): readonly Connection[] =>
  [...connection.app.get(connectionsState).all.values()].filter(
    (other) => other !== connection && other.get(chartsState).charts.length > 0,
  )

type Topic = Subjects['topic']

/** The same for the last value of a topic. */
export const topicChartActions: readonly Action<'topic'>[] = [
  {
    id: 'topic.chart',
    on: 'topic',
    label: { key: 'charts.actions.chart' },
    icon: ChartLine,
    contextGroup: 1,
    isShown: (topic) => !Number.isNaN(writtenNumber(latestText(topic))),
    run: ({ connection, node }) => connection.get(chartsState).chart({ topic: node.topic, path: [] }),
  },
  {
    id: 'topic.chartField',
    on: 'topic',
    label: { key: 'charts.actions.field' },
    icon: ChartLine,
    contextGroup: 1,
    isShown: (topic) => numberPaths(latestText(topic)).length > 0,
    choicesOf: (topic) => ({
      choices: numberPaths(latestText(topic)).map(({ path, text }) => ({
        label: { key: 'charts.actions.chart' },
        code: printJsonPath(path),
        detail: text,
        run: () => topic.connection.get(chartsState).chart({ topic: topic.node.topic, path }),
      })),
    }),
  },
]

/** Longer payloads are looked at in the details. */
const longestRead = 16_384

/** As it is read: decoded where something says how. */
const latestText = ({ connection, node }: Topic): string => {
  const decoded = connection.get(decodedState).latestOf(node.topic)
  if (decoded?.status === 'decoded') return decoded.isCut ? '' : decoded.json
  const message = connection.model.log.latestOf(node.topic)
  return message && !isHead(message) && message.payload.length <= longestRead ? decodeUtf8(message.payload) : ''
}
